import { datedTable } from '#engine/dated-table.ts';
import { decimal } from '#engine/decimal.ts';
import { isoDate } from '#engine/iso-date.ts';
import type { Country } from '#engine/sockets/country.ts';

/** Swedish VAT rates in percent, read with the date of supply (reference/collection-rules.md §9.2). */
export const vatRates: Country['vatRates'] = {
  standard: datedTable('VAT rate SE, standard', [
    { from: isoDate('1990-07-01'), value: decimal('25'), source: 'ML (2023:200) 9:2', confidence: 'V' },
  ]),
  hotelAndRestaurant: datedTable('VAT rate SE, hotel and restaurant', [
    {
      from: isoDate('2012-01-01'),
      value: decimal('12'),
      source: 'ML (2023:200) 9:4–7; restaurant service since SFS 2011:1378',
      confidence: 'V',
    },
  ]),
  cultureAndTransport: datedTable('VAT rate SE, books, culture, passenger transport', [
    { from: isoDate('2007-01-01'), value: decimal('6'), source: 'ML (2023:200) 9:8–18', confidence: 'V' },
  ]),
  food: datedTable('VAT rate SE, food', [
    {
      from: isoDate('1996-01-01'),
      to: isoDate('2026-03-31'),
      value: decimal('12'),
      source: 'ML (2023:200) 9:3',
      confidence: 'V',
    },
    {
      from: isoDate('2026-04-01'),
      to: isoDate('2027-12-31'),
      value: decimal('6'),
      source: 'prop. 2025/26:55, temporary rate by date of supply; restaurant service stays at 12',
      confidence: 'V',
    },
    {
      from: isoDate('2028-01-01'),
      value: decimal('12'),
      source: 'the temporary rule lapses (prop. 2025/26:55)',
      confidence: 'S',
    },
  ]),
};
