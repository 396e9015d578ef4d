import type { HouseConfig } from '../house-config.ts';
import { sweden } from './se/sweden.ts';

/** The countries whose law Kuvert knows; an agreement under any other is refused when it is read. */
export const countries: HouseConfig['countries'] = { SE: sweden };
