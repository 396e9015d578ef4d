import iconv from 'iconv-lite';
import { fictionalPerson, kronorText, roundedRatio } from './fiction.ts';

export interface EstateFileOptions {
  readonly tenants: number;
  /** `YYYY-MM-DD` */
  readonly issueDate: string;
  readonly firstNumber: number;
}

const PARKING_ORE = 45_000;
const VAT_PERCENT = 25;

/**
 * The estate firm's file: columns by position, Windows-1252, one row for the rent and for some a second for parking. Six invoices have a
 * fault each, of the kinds such files really have.
 */
export function estateFile({ tenants, issueDate, firstNumber }: EstateFileOptions): Buffer {
  const rows = Array.from({ length: tenants }, (_, index) => estateRows(index, issueDate, firstNumber + index)).flat();
  return iconv.encode(`${rows.join('\r\n')}\r\n`, 'windows-1252');
}

function estateRows(index: number, issueDate: string, number: number): readonly string[] {
  const person = fictionalPerson(500 + index);
  const rent = 612_500 + (index % 17) * 13_700;
  const parking = index % 4 === 1;
  const payable = rent + (parking ? PARKING_ORE + roundedRatio(PARKING_ORE * VAT_PERCENT, 100) : 0);
  const [year = '', month = ''] = issueDate.split('-');
  const cells = {
    number: `H${number}`,
    issueDate: issueDate.replaceAll('-', ''),
    dueDate: '',
    debtor: `LGH-${String(1_001 + index)}`,
    name: person.name,
    street: person.street,
    postcode: person.postcode.replace(' ', ''),
    town: person.town,
    start: `${year}${month}01`,
    end: `${year}${month}28`,
    payable: kronorText(payable),
  };
  const spoiled = { ...cells, ...faults[index] };
  const row = (name: string, unit: string, ore: number, kind: string, rate: string): string => {
    const { number: id, issueDate: issued, dueDate, debtor, name: buyer, street, postcode, town, start, end } = spoiled;
    const head = [id, issued, dueDate, debtor, buyer, street, postcode, town, start, end];
    return [...head, name, '1', unit, kronorText(ore), kind, rate, spoiled.payable].join(';');
  };
  return [
    row('Hyra bostad', index === UNKNOWN_UNIT ? 'KVM' : 'MÅN', rent, 'HYRA', '0'),
    ...(parking ? [row('Parkeringsplats med laddning', 'ST', PARKING_ORE, 'MOMS', '25')] : []),
  ];
}

const UNKNOWN_UNIT = 21;

/** What is wrong with the invoice at a place in the file. */
const faults: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  4: { issueDate: '20260230' },
  9: { payable: '9999,00' },
  13: { name: '' },
  17: { payable: '6.125.00' },
  [UNKNOWN_UNIT]: {},
  26: { town: '', postcode: '' },
};
