import { z } from 'zod';
import { id, pattern, wholeNumber, yesNo } from './fields.ts';

const remote = {
  host: pattern(/^[A-Za-z0-9](?:[A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?$/, 'host name or address', 'sftp.example.com'),
  port: wholeNumber({ from: 1, to: 65_535, unit: 'a port' }),
  user: pattern(/^[A-Za-z0-9._@-]{1,64}$/, 'user name', 'kuvert'),
  hostKeySha256: pattern(
    /^SHA256:[A-Za-z0-9+/]{43}$/,
    'fingerprint of a host key',
    'SHA256: and 43 characters, as `ssh-keyscan -p PORT HOST | ssh-keygen -lf -` shows it',
  ),
  privateKeyFile: pattern(/^[^\p{Cc}]{1,255}$/u, 'path of a key file', 'keys/print-house, beside this file or absolute'),
  passphraseVariable: z.exactOptional(
    pattern(/^[A-Z][A-Z0-9_]{0,63}$/, 'name of an environment variable', 'PRINT_HOUSE_PASSPHRASE'),
  ),
  folder: pattern(/^(?!-)[^\p{Cc}\\]{1,255}$/u, 'remote folder', '/in or in'),
  timeoutSeconds: wholeNumber({ from: 5, to: 3600, unit: 'seconds' }),
};

const receiver = { ...remote, marker: yesNo };

/** `remotes.yaml` */
export const remotesSchema = z.strictObject({
  printHouse: z.exactOptional(z.strictObject(receiver)),
  accessPoint: z.exactOptional(z.strictObject(receiver)),
  bank: z.exactOptional(z.strictObject(receiver)),
  collectionAgency: z.exactOptional(z.strictObject(receiver)),
  deliveries: z.array(z.strictObject({ client: id, ...receiver })),
  inboxes: z.array(
    z.strictObject({ client: id, ...remote, intervalSeconds: wholeNumber({ from: 10, to: 86_400, unit: 'seconds' }) }),
  ),
});
