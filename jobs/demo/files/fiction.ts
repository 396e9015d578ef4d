/** Made-up names and addresses. Nobody is called so, nothing lies there: postcodes 100 xx of the made-up town Stenstad. */
const firstNames = [
  'Alva',
  'Björn',
  'Cecilia',
  'Doris',
  'Erik',
  'Fatima',
  'Göran',
  'Hanna',
  'Ingvar',
  'Johanna',
  'Kalle',
  'Linnéa',
  'Måns',
  'Nils',
  'Olga',
  'Petra',
  'Rolf',
  'Siv',
  'Tuva',
  'Ulf',
  'Vera',
  'Yngve',
  'Åsa',
  'Östen',
];
const lastNames = [
  'Exempelsson',
  'Påhittsson',
  'Fiktivström',
  'Provlund',
  'Testberg',
  'Mönstergren',
  'Skenqvist',
  'Tänkvist',
  'Attrapp-Lind',
  'Låtsasdotter',
];
const streets = [
  'Påhittade gatan',
  'Exempelvägen',
  'Låtsasstigen',
  'Provgränd',
  'Kulissbacken',
  'Attrapplan',
  'Övningsvägen',
  'Ängsfiktionen',
];
const towns = ['Stenstad', 'Lillåby', 'Övre Kuliss', 'Påhittsäter', 'Ängelslätt'];

export interface FictionalPerson {
  readonly name: string;
  readonly careOf: string;
  readonly street: string;
  /** `100 12` */
  readonly postcode: string;
  readonly town: string;
}

/** The nth person, always the same one. */
export function fictionalPerson(index: number): FictionalPerson {
  const town = pick(towns, index * 7 + 3);
  return {
    name: `${pick(firstNames, index)} ${pick(lastNames, index * 3 + Math.floor(index / firstNames.length))}`,
    careOf: index % 23 === 22 ? `c/o ${pick(firstNames, index + 5)} ${pick(lastNames, index)}` : '',
    street: `${pick(streets, index * 5 + 1)} ${(index % 87) + 1}${index % 9 === 4 ? ' B' : ''}`,
    postcode: `100 ${String(10 + (index % 80))}`,
    town,
  };
}

export function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('an empty list to pick from');
  return item;
}

/** Öre as Swedish text with decimal comma: 123450 → `1234,50`. Integers only, so nothing is rounded by accident. */
export function kronorText(ore: number): string {
  const digits = String(Math.abs(ore)).padStart(3, '0');
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`;
}

/** Half away from zero, of a non-negative integer ratio. */
export const roundedRatio = (dividend: number, divisor: number): number => Math.floor((2 * dividend + divisor) / (2 * divisor));
