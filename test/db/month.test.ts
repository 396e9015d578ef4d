import { describe, expect, test } from 'vitest';

/**
 * October 2026 of one client, as an accountant reads it: every line is one posting, the amounts are worked out by hand.
 *
 * The client sells to consumers with 25 % VAT; a reminder costs 60.00, a collection demand 180.00, late interest is by law, 10 % a year.
 * - Anna (F-101, 10,000.00, due 1 October) pays nothing. Reminder on the 6th: fee 60.00, interest 2–6 October, 5 days:
 *   10,000.00 × 10 % × 5 / 365 = 13.70. On the 12th she pays 4,000.00: 60.00 + 13.70 + 3,926.30, which leaves 6,073.70.
 *   Demand on the 22nd: fee 180.00, interest so far 10,000.00 × 10 % × 11 / 365 = 30.1370 and 6,073.70 × 10 % × 10 / 365 = 16.6403,
 *   together 46.78, of which 13.70 is claimed already: 33.08. She pays 6,073.70 + 33.08 + 180.00 = 6,286.78.
 * - Bertil (F-102) pays in time. Cecilia (F-103, 2,500.00) gets a credit note of 500.00 and pays 300.00 without a reference, which a
 *   person ties to the invoice the day after. David (F-104, 625.00) pays twice.
 * - Payout on the 29th: received for the client 1,250.00 + 4,000.00 + 625.00 + 300.00 + 6,286.78 = 12,461.78, less the bureau's fee: 5
 *   letters at 10.00, a reminder at 12.00, a demand at 25.00 and 5 payments at 0.50 are 89.50, with 25 % VAT 22.38 (22.375): 111.88.
 *   12,349.90 leave, and the bank debits them on the 30th.
 */
const MONTH = `
  date       | voucher | account                  |     debit |    credit | text
  2026-09-01 |       1 | receivable               | 10,000.00 |           | issue F-101
  2026-09-01 |       1 | sales                    |           |  8,000.00 | issue F-101
  2026-09-01 |       1 | vat:25                   |           |  2,000.00 | issue F-101
  2026-09-01 |       2 | receivable               |  1,250.00 |           | issue F-102
  2026-09-01 |       2 | sales                    |           |  1,000.00 | issue F-102
  2026-09-01 |       2 | vat:25                   |           |    250.00 | issue F-102
  2026-10-01 |       3 | receivable               |  2,500.00 |           | issue F-103
  2026-10-01 |       3 | sales                    |           |  2,000.00 | issue F-103
  2026-10-01 |       3 | vat:25                   |           |    500.00 | issue F-103
  2026-10-01 |       4 | receivable               |    625.00 |           | issue F-104
  2026-10-01 |       4 | sales                    |           |    500.00 | issue F-104
  2026-10-01 |       4 | vat:25                   |           |    125.00 | issue F-104
  2026-10-02 |       5 | clientFunds              |  1,250.00 |           | payment
  2026-10-02 |       5 | withBureau               |  1,250.00 |           | payment
  2026-10-02 |       5 | clientLiability          |           |  1,250.00 | payment
  2026-10-02 |       5 | receivable               |           |  1,250.00 | payment F-102
  2026-10-06 |       6 | receivable:interest      |     13.70 |           | claim F-101
  2026-10-06 |       6 | receivable:reminderFee   |     60.00 |           | claim F-101
  2026-10-06 |       6 | income:interest          |           |     13.70 | claim F-101
  2026-10-06 |       6 | income:reminderFee       |           |     60.00 | claim F-101
  2026-10-09 |       7 | sales                    |    400.00 |           | issue K-1
  2026-10-09 |       7 | vat:25                   |    100.00 |           | issue K-1
  2026-10-09 |       7 | receivable               |           |    500.00 | issue K-1
  2026-10-09 |       8 | receivable               |    500.00 |           | allocation K-1
  2026-10-09 |       8 | receivable               |           |    500.00 | allocation F-103
  2026-10-12 |       9 | clientFunds              |  4,000.00 |           | payment
  2026-10-12 |       9 | withBureau               |  4,000.00 |           | payment
  2026-10-12 |       9 | clientLiability          |           |  4,000.00 | payment
  2026-10-12 |       9 | receivable               |           |  3,926.30 | payment F-101
  2026-10-12 |       9 | receivable:interest      |           |     13.70 | payment F-101
  2026-10-12 |       9 | receivable:reminderFee   |           |     60.00 | payment F-101
  2026-10-13 |      10 | clientFunds              |    625.00 |           | payment
  2026-10-13 |      10 | withBureau               |    625.00 |           | payment
  2026-10-13 |      10 | clientLiability          |           |    625.00 | payment
  2026-10-13 |      10 | receivable               |           |    625.00 | payment F-104
  2026-10-14 |      11 | clientFunds              |    625.00 |           | payment
  2026-10-14 |      11 | overpayment              |           |    625.00 | payment
  2026-10-15 |      12 | clientFunds              |    300.00 |           | payment
  2026-10-15 |      12 | suspense                 |           |    300.00 | payment
  2026-10-16 |      13 | suspense                 |    300.00 |           | allocation
  2026-10-16 |      13 | withBureau               |    300.00 |           | allocation
  2026-10-16 |      13 | clientLiability          |           |    300.00 | allocation
  2026-10-16 |      13 | receivable               |           |    300.00 | allocation F-103
  2026-10-22 |      14 | receivable:collectionFee |    180.00 |           | claim F-101
  2026-10-22 |      14 | receivable:interest      |     33.08 |           | claim F-101
  2026-10-22 |      14 | income:collectionFee     |           |    180.00 | claim F-101
  2026-10-22 |      14 | income:interest          |           |     33.08 | claim F-101
  2026-10-27 |      15 | clientFunds              |  6,286.78 |           | payment
  2026-10-27 |      15 | withBureau               |  6,286.78 |           | payment
  2026-10-27 |      15 | clientLiability          |           |  6,286.78 | payment
  2026-10-27 |      15 | receivable               |           |  6,073.70 | payment F-101
  2026-10-27 |      15 | receivable:collectionFee |           |    180.00 | payment F-101
  2026-10-27 |      15 | receivable:interest      |           |     33.08 | payment F-101
  2026-10-29 |      16 | feeReceivable            |    111.88 |           | settlement
  2026-10-29 |      16 | clientLiability          |    111.88 |           | settlement
  2026-10-29 |      16 | ownBank                  |    111.88 |           | settlement
  2026-10-29 |      16 | serviceCost              |     89.50 |           | settlement
  2026-10-29 |      16 | inputVat                 |     22.38 |           | settlement
  2026-10-29 |      16 | feeIncome                |           |     89.50 | settlement
  2026-10-29 |      16 | feeVat                   |           |     22.38 | settlement
  2026-10-29 |      16 | feeReceivable            |           |    111.88 | settlement
  2026-10-29 |      16 | clientFunds              |           |    111.88 | settlement
  2026-10-29 |      16 | withBureau               |           |    111.88 | settlement
  2026-10-29 |      17 | clientLiability          | 12,349.90 |           | payout
  2026-10-29 |      17 | clientBank               | 12,349.90 |           | payout
  2026-10-29 |      17 | payoutInTransit          |           | 12,349.90 | payout
  2026-10-29 |      17 | withBureau               |           | 12,349.90 | payout
  2026-10-30 |      18 | payoutInTransit          | 12,349.90 |           | payout-settled
  2026-10-30 |      18 | clientFunds              |           | 12,349.90 | payout-settled
`;

/** What each account holds in the evening of 31 October; each book comes to zero. */
const CLOSING = `
  book   | account            |     debit |    credit
  client | receivable         |  1,700.00 |
  client | clientBank         | 12,349.90 |
  client | serviceCost        |     89.50 |
  client | inputVat           |     22.38 |
  client | sales              |           | 11,100.00
  client | vat:25             |           |  2,775.00
  client | income:interest    |           |     46.78
  client | income:reminderFee |           |     60.00
  client | income:collectionFee |         |    180.00
  bureau | clientFunds        |    625.00 |
  bureau | ownBank            |    111.88 |
  bureau | overpayment        |           |    625.00
  bureau | feeIncome          |           |     89.50
  bureau | feeVat             |           |     22.38
`;
