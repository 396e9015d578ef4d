import type { LetterTerms } from '#engine/agreement.ts';
import type { LetterStyle } from '#engine/letter.ts';
import type { HouseConfig } from './house-config.ts';

/** The letter terms of an agreement with the logo read; a logo that is named is always there, since the configuration was checked. */
export function letterStyle({ logos }: Pick<HouseConfig, 'logos'>, letter: LetterTerms): LetterStyle {
  const { layout, layoutVersion, accentColour, paymentSlip, paymentQr, greeting } = letter;
  const logo = letter.logo === undefined ? undefined : logos.get(letter.logo);
  return {
    layout,
    layoutVersion,
    accentColour,
    paymentSlip,
    paymentQr,
    ...(greeting === undefined ? {} : { greeting }),
    ...(logo === undefined ? {} : { logo }),
  };
}
