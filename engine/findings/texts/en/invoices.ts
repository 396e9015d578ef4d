import { textsOf } from '../../declaration.ts';
import { invoiceCodes } from '../../invoices.ts';

export const invoiceTexts = textsOf(invoiceCodes, {
  'INV-REPEATED': {
    message: 'Invoice {value} was received before with the same content and was not booked again.',
    hint: 'Nothing needs to be done.',
  },
  'INV-NUMBER-REUSED': {
    message: 'Invoice number {value} is already used for an invoice with other content.',
    hint: 'Give the invoice a new number, or correct the earlier one with a credit note.',
  },
  'INV-REFERENCE-REUSED': {
    message: 'The payment reference {value} has already been used on the account.',
    hint: 'Every invoice needs a reference of its own; leave it out and the bureau makes one.',
  },
  'INV-OTHER-SELLER': {
    message: 'The invoice is issued by {value}, but the agreement is with {agreed}.',
    hint: 'Send the invoice to the right client’s folder, or have the bureau add the seller to the agreement.',
  },
  'INV-OTHER-CURRENCY': {
    message: 'The invoice is in {value}, but the agreement is for {agreed}.',
    hint: 'Invoice in {agreed}, or agree on the currency with the bureau.',
  },
  'INV-REFERENCE-WRONG': {
    message: 'The payment reference {value} is no OCR number: 2 to 25 digits ending in the right check digit.',
    hint: 'Compute the check digit again (modulus 10), or leave the reference out and the bureau makes one.',
  },
  'INV-TERM-MISSING': {
    message: '{field} is missing.',
    hint: 'Fill it in in the source system.',
  },
  'INV-NO-LINES': {
    message: 'The invoice has no lines.',
    hint: 'An invoice has at least one line.',
  },
  'INV-PERIOD-ORDER': {
    message: 'The period ends ({value}) before it begins ({start}).',
    hint: 'Swap or correct the dates.',
  },
  'INV-PERIOD-EMPTY': {
    message: 'A period is given without dates.',
    hint: 'State its start, its end or both.',
  },
  'INV-TAX-POINT': {
    message: 'Both a date and a code are given for the VAT point.',
    hint: 'State one of them.',
  },
  'INV-DUE-BEFORE-ISSUE': {
    message: 'The due date {value} is before the issue date {issueDate}.',
    hint: 'Correct the dates; the invoice would be overdue when it is sent.',
  },
  'INV-LINE-PERIOD': {
    message: "The line's period lies outside the invoice's: {value} against {limit}.",
    hint: "Widen the invoice's period so that it covers all lines.",
  },
  'INV-PRICE-NEGATIVE': {
    message: 'The price {value} is negative.',
    hint: 'Write deductions and credits with a negative quantity and a positive price.',
  },
  'INV-PRICE-DISCOUNT': {
    message: 'The net price {value} is not gross price {gross} − discount {discount}.',
    hint: 'Compute the net price from the gross price without rounding, or leave out gross price and discount.',
  },
  'INV-BASE-QUANTITY': {
    message: "The price's base quantity {value} is not above zero.",
    hint: 'Leave it out; it is 1 then.',
  },
  'INV-BASE-QUANTITY-UNIT': {
    message: "The price's unit {value} is not the line's unit {unit}.",
    hint: 'State quantity and price in the same unit.',
  },
  'INV-LINE-NET': {
    message: 'The line amount {value} is not quantity × price + charges − allowances = {expected}.',
    hint: 'Correct quantity, price or amount; two öre may differ.',
  },
  'INV-CHARGE-VAT': {
    message: 'An allowance or charge of the invoice has no VAT category.',
    hint: 'State VAT category and rate.',
  },
  'INV-REASON-MISSING': {
    message: 'An allowance or charge has no reason.',
    hint: 'State a reason by text or code, such as "Freight" (FC).',
  },
  'INV-PERCENT-MISSING': {
    message: 'An allowance or charge has a base amount but no percentage.',
    hint: 'State both or neither.',
  },
  'INV-BASE-MISSING': {
    message: 'An allowance or charge has a percentage but no base amount.',
    hint: 'State both or neither.',
  },
  'INV-PERCENT-AMOUNT': {
    message: 'The amount {value} is not {percent} % of {base} = {expected}.',
    hint: 'Compute the amount again; two öre may differ.',
  },
  'INV-TOTAL': {
    message: '{field} is {value}, but {formula} = {expected}.',
    hint: 'Compute the totals from the lines: sum of lines, − allowances, + charges, + VAT, − paid, + rounding.',
  },
  'INV-VAT-BREAKDOWN-MISSING': {
    message: 'The VAT breakdown is missing.',
    hint: 'State taxable amount and tax for each category and rate.',
  },
  'INV-VAT-CURRENCY': {
    message: 'The VAT accounting currency is not stated rightly: "{value}".',
    hint: "State it only where it is another than the invoice's currency, and then with the VAT amount in it.",
  },
  'INV-VAT-CURRENCY-AMOUNT': {
    message: 'The VAT amount in the accounting currency {vatCurrency} is missing.',
    hint: 'Convert the VAT to that currency.',
  },
  'INV-VAT-CURRENCY-SIGN': {
    message: "The VAT in the accounting currency, {value}, has another sign than the invoice's VAT.",
    hint: 'Correct the sign.',
  },
  'INV-VAT-RATE': {
    message: 'The VAT rate "{value}" does not fit VAT category {category}.',
    hint: 'S has a rate above zero; Z, E, AE, K and G have 0; O has none.',
  },
  'INV-VAT-AMOUNT': {
    message: 'The VAT {value} is not {rate} % of {base} = {expected}.',
    hint: 'Compute VAT per category and rate on the taxable amount and round once.',
  },
  'INV-VAT-BASE': {
    message: 'The taxable amount {value} of {category} {rate} is not the sum of its lines, allowances and charges = {expected}.',
    hint: 'Sum up the lines per category and rate.',
  },
  'INV-VAT-GROUP-MISSING': {
    message: "The VAT breakdown lacks category {category} {rate}, which stands on the invoice's lines.",
    hint: 'State a row for each category and rate.',
  },
  'INV-VAT-GROUP-TWICE': {
    message: 'The VAT breakdown has category {category} twice.',
    hint: 'Join the rows.',
  },
  'INV-VAT-GROUP-ALONE': {
    message: 'The VAT breakdown has category {category}, which no line of the invoice has.',
    hint: "Remove it from the breakdown, or correct the lines' category.",
  },
  'INV-SELLER-VAT-ID': {
    message: "The seller's VAT number is missing; VAT category {category} requires it.",
    hint: 'State it in the agreement (SE, organisation number, 01).',
  },
  'INV-BUYER-VAT-ID': {
    message: "The buyer's VAT number is missing; VAT category {category} requires it.",
    hint: "State the buyer's number, country code first.",
  },
  'INV-VAT-ID-OUTSIDE-SCOPE': {
    message: '{field} must not stand on an invoice outside the scope of VAT (category O).',
    hint: 'Leave out the VAT number, or use category E with a reason.',
  },
  'INV-OUTSIDE-SCOPE-MIXED': {
    message: 'Category O (outside VAT) cannot stand on one invoice with category {value}.',
    hint: 'Use E with a reason, or divide the invoice.',
  },
  'INV-EXEMPTION-MISSING': {
    message: 'The reason why no VAT is charged is missing for category {category}.',
    hint: 'State the section of the law or the like, such as "Reverse charge" (ML 17:24 13–14).',
  },
  'INV-EXEMPTION-FORBIDDEN': {
    message: 'Category {category} bears VAT and has no reason of exemption: "{value}".',
    hint: 'Leave out the reason or change the category.',
  },
  'INV-EXEMPTION-CATEGORY': {
    message: 'The exemption code {value} belongs to category {category}, not {stated}.',
    hint: 'Change code or category.',
  },
  'INV-DELIVERY-MISSING': {
    message: 'Delivery date and country are needed for supplies to another EU country (category K): {field} is missing.',
    hint: 'State when and to which country the goods were delivered.',
  },
  'INV-PAYEE-IS-SELLER': {
    message: 'The payee {value} is the seller.',
    hint: 'State a payee only where another than the seller is to be paid.',
  },
  'INV-VAT-ID-PREFIX': {
    message: 'The VAT number {value} does not begin with a country code.',
    hint: 'Write for example SE556000000001.',
  },
  'INV-SELLER-IDENTITY': {
    message: 'The seller has no identity: organisation number, VAT number or other.',
    hint: "State the seller's organisation number in the agreement.",
  },
  'INV-CODE': {
    message: '{field} has a code that is not in its code list: "{value}".',
    hint: 'Choose a code of the list; usual units are C62 (piece), HUR (hour), DAY, MON, KGM, LTR, MTR.',
  },
  'INV-ADDRESS': {
    message: 'The address is incomplete: {field} is missing.',
    hint: 'Full name and address are required on the invoice, and for the letter to arrive.',
  },
  'INV-VAT-IN-KRONOR': {
    message: 'The invoice is in {currency}; the VAT must be stated in Swedish kronor as well.',
    hint: 'State SEK as VAT accounting currency, and the VAT amount in SEK.',
  },
  'INV-CREDIT-REFERENCE': {
    message: 'The credit note refers to no invoice.',
    hint: 'State the number of the invoice that is credited.',
  },
  'INV-SE-VAT-RATE': {
    message: 'The VAT rate {value} does not exist in Sweden.',
    hint: 'Swedish VAT rates are 25, 12 and 6 per cent.',
  },
  'INV-VAT-RATE-AT-DATE': {
    message: 'The VAT rate {value} was not in force on {date}.',
    hint: 'The rate follows the date of supply, not of invoicing.',
  },
  'INV-BUYER-REFERENCE': {
    message: "An e-invoice needs the buyer's reference or an order number.",
    hint: 'Ask the buyer for their reference; the invoice goes on paper otherwise.',
  },
  'INV-ENDPOINT': {
    message: 'The electronic address is missing: {field}.',
    hint: "State the receiver's Peppol address, such as 0007 and the organisation number.",
  },
  'INV-ENDPOINT-SCHEME': {
    message: 'The electronic address "{value}" has no scheme.',
    hint: 'State its scheme: 0007 organisation number, 0088 GLN.',
  },
  'INV-IDENTIFIER-FORM': {
    message: '"{value}" is no valid number in scheme {scheme}.',
    hint: 'Check the digits; the last one is a check digit.',
  },
  'INV-ACCOUNT-MISSING': {
    message: 'Payment means {value} has no account.',
    hint: 'State bankgiro, plusgiro or IBAN.',
  },
  'INV-MANDATE-MISSING': {
    message: "Direct debit (payment means {value}) lacks the mandate's number.",
    hint: "State the mandate's number.",
  },
  'INV-CARD-NUMBER': {
    message: 'The whole card number stands on the invoice.',
    hint: 'Show at most the first six and the last four digits.',
  },
  'INV-MEANS-DIFFER': {
    message: 'The payment means have different codes: {first} and {value}.',
    hint: 'State bankgiro, plusgiro and IBAN all by code 30.',
  },
  'INV-REFERENCES-DIFFER': {
    message: 'The payment means have different payment references: {first} and {value}.',
    hint: 'Use the same reference for all accounts.',
  },
  'INV-SE-VAT-ID': {
    message: "The seller's VAT number {value} does not have the form SE + 12 digits.",
    hint: 'Write SE, the organisation number without hyphen, 01.',
  },
  'INV-SE-LEGAL-ID': {
    message: "The seller's organisation number {value} is not ten digits with the right check digit.",
    hint: 'Write the number without hyphen.',
  },
  'INV-SE-TAX-APPROVAL': {
    message: 'The seller\'s tax registration "{value}" must be "Godkänd för F-skatt".',
    hint: 'Write exactly that, or leave it out.',
  },
  'INV-SE-GIRO': {
    message: '"{value}" is no {kind} number without hyphen.',
    hint: 'A bankgiro has 7–8 digits, a plusgiro 2–8.',
  },
  'INV-SE-MEANS': {
    message: 'Payment means {value} should be 30 between Swedish parties.',
    hint: 'State code 30 and SE:BANKGIRO or SE:PLUSGIRO.',
  },
  'PEPPOL-RECHECK': {
    message: 'The e-invoice that was written does not give back {field}: "{value}" instead of "{expected}".',
    hint: 'The term cannot be expressed in Peppol BIS Billing 3.0; the document goes on paper.',
  },
});
