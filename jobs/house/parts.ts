import { print } from '#engine/channel.ts';
import { bankAccount, bankgiro, plusgiro } from '#engine/countries/se/accounts.ts';
import { ocr } from '#engine/countries/se/references.ts';
import { sweden } from '#engine/countries/se/sweden.ts';
import { iban } from '#engine/iban.ts';
import { canonicalJson } from '#engine/invoice-json.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import { agencyReceipt } from '#formats/collection/agency-files.ts';
import { csv } from '#formats/csv/read-csv-invoices.ts';
import { camt } from '#formats/iso20022/read-camt.ts';
import { pain002 } from '#formats/iso20022/read-pain002.ts';
import { pain001 } from '#formats/iso20022/write-pain001.ts';
import { einvoice } from '#formats/peppol/channel.ts';
import { peppol } from '#formats/peppol/peppol.ts';
import { pieceReport } from '#formats/print-house/read-status.ts';
import { receiptCsv, receiptJson } from '#formats/receipt/receipt.ts';

/** Everything that is plugged into the house's sockets; whatever else is to be known of a country, a bank or a network is added here. */
export const parts = {
  module: import.meta.url,
  countries: { SE: sweden },
  accounts: { bankgiro, plusgiro, account: bankAccount, iban },
  references: { ocr },
  formats: {
    csv,
    peppol,
    'canonical-json': canonicalJson,
    'receipt-json': receiptJson,
    'receipt-csv': receiptCsv,
    camt,
    'pain.002': pain002,
    'pain.001': pain001,
    'piece-report': pieceReport,
    'agency-receipt': agencyReceipt,
  },
  channels: { print, einvoice },
} satisfies Parts;
