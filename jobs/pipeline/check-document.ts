import type { Agreement } from '#engine/agreement.ts';
import type { Finding } from '#engine/finding.ts';
import type { Invoice } from '#engine/invoice.ts';
import type { Submission } from '#engine/submission.ts';

export const checkDocument = (_submission: Submission, _agreement: Agreement): readonly Finding[] => [];

export const einvoiceObstacle = (_invoice: Invoice): string | undefined => undefined;
