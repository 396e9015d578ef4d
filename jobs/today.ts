import { dateInZone, type IsoDate } from '#engine/iso-date.ts';
import type { House } from './house.ts';

/** The business date: the calendar day where the bureau is. */
export const todayOf = (house: Pick<House, 'clock' | 'config'>): IsoDate =>
  dateInZone(house.clock(), house.config.bureau.timeZone);
