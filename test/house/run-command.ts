import { vi } from 'vitest';
import { runCommandLine, type ExitCode } from '#jobs/cli/command-line.ts';

export interface Ran {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process, with an environment of its own, and gives what it printed and would exit with. */
export async function runCommand(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const printed = { stdout: '', stderr: '' };
  const line = (stream: keyof typeof printed) =>
    ((...parts: unknown[]) => {
      printed[stream] += `${parts.map(textOf).join(' ')}\n`;
    }) as Console['log'];
  const raw = (stream: keyof typeof printed) =>
    ((chunk: unknown) => {
      printed[stream] += textOf(chunk);
      return true;
    }) as typeof process.stdout.write;
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(line('stdout')),
    vi.spyOn(console, 'error').mockImplementation(line('stderr')),
    vi.spyOn(process.stdout, 'write').mockImplementation(raw('stdout')),
    vi.spyOn(process.stderr, 'write').mockImplementation(raw('stderr')),
  ];
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  try {
    const code = await runCommandLine(words);
    return { code, ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

const textOf = (part: unknown): string => (part instanceof Error ? (part.stack ?? part.message) : String(part));
