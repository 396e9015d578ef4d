import { z } from 'zod';
import { languages } from '#engine/language.ts';
import { country, email, text } from './fields.ts';

export const language = z.enum(languages);

/** A postal address; its postcode is written as on an envelope. */
export const address = z.strictObject({
  line1: text(100),
  line2: z.exactOptional(text(100)),
  line3: z.exactOptional(text(100)),
  postcode: text(20),
  city: text(60),
  country,
});

export const contact = z.strictObject({
  name: z.exactOptional(text(100)),
  telephone: z.exactOptional(text(40)),
  email: z.exactOptional(email),
});
