import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agreementOn } from '#engine/agreement.ts';
import { isoDate } from '#engine/iso-date.ts';
import { loadConfig } from '#config/load-config.ts';
import { letterStyle } from '#config/house-config.ts';
import { parts } from '#jobs/house/parts.ts';
import { applyFault, copyHouse, houseFolder, problemLine, readFaults } from './fault-gallery.ts';

const committed = new URL('../../config', import.meta.url).pathname;

describe('the committed configuration', () => {
  it('loads without a problem', async () => {
    const { config, problems } = await loadConfig(committed, parts);
    expect(problems).toEqual([]);
    expect([...config!.clients.keys()]).toEqual(['byra', 'fastighet', 'vattnet']);
  });

  it('shows every kind of client that the engine knows', async () => {
    const { config } = await loadConfig(committed, parts);
    const agreements = [...config!.clients.values()].map(({ agreements: [first] }) => first!);
    expect(new Set(agreements.map(({ input }) => input.format.kind))).toEqual(new Set(['csv', 'peppol']));
    expect(new Set(agreements.map(({ input }) => input.encoding))).toEqual(new Set(['utf-8', 'iso-8859-1', 'windows-1252']));
    expect(new Set(agreements.flatMap(({ channels }) => channels))).toEqual(new Set(['print', 'einvoice']));
    for (const { letter } of agreements) expect(letterStyle(config!, letter).logo?.kind).toBe('svg');
  });
});

describe('a sound house', () => {
  it('is read into the types of the engine', async () => {
    const { config, problems } = await loadConfig(houseFolder, parts);
    expect(problems).toEqual([]);
    const lillan = config!.clients.get('lillan')!;
    expect(lillan.agreements.map(({ version, client }) => [version, client])).toEqual([
      [1, 'lillan'],
      [2, 'lillan'],
    ]);
    const [first] = lillan.agreements;
    expect(first!.terms.reminderFeeAmount).toBe(6000n);
    expect(first!.fees).toEqual({
      letterAmount: 950n,
      einvoiceAmount: 300n,
      reminderAmount: 1_200n,
      demandAmount: 2_500n,
      paymentAmount: 50n,
    });
    expect(first!.paymentAccounts).toEqual([
      { kind: 'bankgiro', number: '9912346', reference: { prefix: '10', serialDigits: 8, source: 'ours' } },
    ]);
    expect(first!.seller).toEqual({
      name: 'Lillåns Vattenförening ek. för.',
      identifiers: [],
      legalId: { id: '7699991118', scheme: '0007' },
      taxRegistration: 'Godkänd för F-skatt',
      legalForm: 'Säte Lillåby',
      address: { line1: 'Vattentornsvägen 4', postcode: '100 02', city: 'Lillåby', country: 'SE' },
    });
    expect(config!.clients.get('nord')!.agreements[0]!.terms.lateInterest).toEqual({ kind: 'contract', percent: '12.5' });
  });

  it('resolves key files against its folder and keeps absolute ones', async () => {
    const { remotes } = (await loadConfig(houseFolder, parts)).config!;
    expect(remotes.printHouse!.privateKeyFile).toBe(join(houseFolder, 'keys/print-house'));
    expect(remotes.deliveries.get('nord')!.privateKeyFile).toBe('/etc/kuvert/keys/nord');
    expect(remotes.inboxes.map(({ client, intervalSeconds }) => [client, intervalSeconds])).toEqual([['nord', 120]]);
    expect(remotes.accessPoint).toBeUndefined();
  });

  it.each([
    ['2024-12-31', undefined],
    ['2025-01-01', 1],
    ['2025-12-31', 1],
    ['2026-01-01', 2],
    ['2030-06-01', 2],
  ])('has on %s agreement %s in force', async (date, version) => {
    const lillan = (await loadConfig(houseFolder, parts)).config!.clients.get('lillan')!;
    expect(agreementOn(lillan, isoDate(date))?.version).toBe(version);
  });
});

describe('the gallery of faults', () => {
  const faults = readFaults();

  it('is there', () => expect(faults.length).toBeGreaterThan(50));

  it.each(faults)('$name', async (fault) => {
    using house = copyHouse();
    applyFault(house.folder, fault);
    const { config, problems } = await loadConfig(house.folder, parts);
    expect(config).toBeUndefined();
    expect(problems.map((problem) => problemLine(problem, house.folder))).toEqual(fault.expected);
  });

  it.each(faults)('$name points at a place that exists', async (fault) => {
    using house = copyHouse();
    applyFault(house.folder, fault);
    for (const { file, line, column, message, hint } of (await loadConfig(house.folder, parts)).problems) {
      expect(message).toMatch(/\.$|ENOENT|end with a \]$|unique$/);
      expect(hint).toMatch(/[.?]$/);
      if (!existsSync(file)) continue;
      const text = readFileSync(file, 'utf8').split('\n')[line - 1];
      expect(text, `${file}:${line}`).toBeDefined();
      expect(column).toBeLessThanOrEqual(text!.length + 1);
    }
  });

  it('tells of several faults at once, in order of file and line', async () => {
    using house = copyHouse();
    for (const name of ['misspelt-word', 'bankgiro-check-digit', 'limit-with-unit']) {
      applyFault(
        house.folder,
        faults.find((fault) => fault.name === name)!,
      );
    }
    const places = (await loadConfig(house.folder, parts)).problems.map(
      (problem) => problemLine(problem, house.folder).split(' ')[0],
    );
    expect(places).toEqual(['clients/lillan.yaml:18:17', 'clients/nord.yaml:35:20', 'limits.yaml:3:19']);
  });

  it('never repeats a secret that was written into a file', async () => {
    using house = copyHouse();
    applyFault(
      house.folder,
      faults.find(({ name }) => name === 'password-in-remotes')!,
    );
    expect(JSON.stringify(await loadConfig(house.folder, parts))).not.toContain('hemligt');
  });
});

it('tells that a folder without configuration has none', async () => {
  const { config, problems } = await loadConfig(join(houseFolder, 'nowhere'), parts);
  expect(config).toBeUndefined();
  expect(problems.map(({ message }) => message)).toContain('The file is missing.');
});

describe('a country that is not plugged in', () => {
  it('has neither clients nor policies nor accounts: each place that names it is told', async () => {
    const { config, problems } = await loadConfig(houseFolder, { ...parts, countries: {} });
    expect(config).toBeUndefined();
    expect(problems.map((problem) => problemLine(problem, houseFolder).split(' → ')[0])).toMatchInlineSnapshot(`
      [
        "bank-accounts.yaml:4:11 accounts[0].iban — The house knows no country SE: neither its law nor its bank days.",
        "bureau.yaml:5:75 address.country — The house knows no country SE: neither its law nor its bank days.",
        "bureau.yaml:7:17 licences.SE — The house knows no country SE: neither its law nor its bank days.",
        "clients/lillan.yaml:7:14 agreements[0].country — The house knows no country SE: neither its law nor its bank days.",
        "clients/lillan.yaml:67:14 agreements[1].country — The house knows no country SE: neither its law nor its bank days.",
        "clients/nord.yaml:6:14 agreements[0].country — The house knows no country SE: neither its law nor its bank days.",
        "policies/plain.yaml:1:10 country — The house knows no country SE: neither its law nor its bank days.",
      ]
    `);
  });
});
