import type { PaymentEvent, PaymentRow } from '#engine/store/payments/payment-rows.ts';
import { amountText, printTable } from './output.ts';

/** Prints a payment: what the bank told, why it lies in suspense and what it may be for, and every line booked of it. */
export function printPayment(payment: PaymentRow, events: readonly PaymentEvent[]): void {
  const facts: readonly (readonly [string, string])[] = [
    ['Payment', `${payment.id} (${payment.kind}) of ${amountText(payment.amount)} ${payment.currency}`],
    ['Booked', `${payment.bookingDate}, value ${payment.valueDate}, on ${payment.account}`],
    ['Ledger of', payment.client],
    ['From', [payment.payerName, payment.payerAccount].filter((part) => part !== null).join(', ') || 'not told'],
    ...(payment.receiverAccount === null ? [] : [['Paid to', payment.receiverAccount] as const]),
    ['References', payment.references.join(', ') || 'none'],
    ...(payment.text === '' ? [] : [['Text', payment.text] as const]),
    ['Bank file', `bank/${payment.file}, line ${payment.line}`],
    ...(payment.reversedBy === null ? [] : [['Taken back', `by payment ${payment.reversedBy}`] as const]),
    ...(payment.reverses === null ? [] : [['Takes back', `payment ${payment.reverses}`] as const]),
    ...(payment.suspenseAmount === 0n
      ? []
      : [['In suspense', `${amountText(payment.suspenseAmount)}: ${payment.suspense?.reason ?? ''}`] as const]),
    ...(payment.overpaidAmount === 0n ? [] : [['Debtor’s credit', amountText(payment.overpaidAmount)] as const]),
  ];
  for (const [name, value] of facts) console.log(`${name.padEnd(NAME_WIDTH)}${value}`);
  const candidates = payment.suspense?.resolved === false ? payment.suspense.candidates : [];
  if (candidates.length > 0) {
    console.log('\nIt may be for');
    printTable(
      [{ title: 'INVOICE' }, { title: 'OPEN', right: true }, { title: 'FOUND BY' }],
      candidates.map((item) => [
        item['invoice'] ?? `payment ${item['payment'] ?? ''}`,
        item['amount'] === undefined ? '' : amountText(BigInt(item['amount'])),
        item['because'] ?? '',
      ]),
      '',
    );
  }
  console.log('');
  printTable(
    [
      { title: 'DATE' },
      { title: 'LEDGER' },
      { title: 'NO', right: true },
      { title: 'KIND' },
      { title: 'ACCOUNT' },
      { title: 'AMOUNT', right: true },
      { title: 'INVOICE' },
    ],
    events.map((event) => [
      event.entryDate,
      event.client,
      String(event.sequence),
      event.kind,
      event.account,
      amountText(event.amount),
      event.invoice ?? '',
    ]),
    'Nothing was booked of it.',
  );
}

const NAME_WIDTH = 18;
