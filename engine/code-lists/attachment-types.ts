/** MIME types of attached documents (BR-CL-24). Source: Peppol BIS Billing 3.0.21 code list MimeCode. */
export const attachmentTypes: ReadonlySet<string> = new Set(
  `
  text/csv application/pdf image/png image/jpeg application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
  application/vnd.oasis.opendocument.spreadsheet
`
    .trim()
    .split(/\s+/),
);
