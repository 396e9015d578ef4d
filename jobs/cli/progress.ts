const AFTER_MILLISECONDS = 2_000;
const EVERY_MILLISECONDS = 500;

/**
 * Tells on a terminal how far long work has come, beginning after two seconds, on one line that is wiped at the end. Silent where
 * nobody looks.
 */
export async function withProgress<T>(describe: () => string, work: () => Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return work();
  let shown = false;
  const began = performance.now();
  const timer = setInterval(() => {
    if (performance.now() - began < AFTER_MILLISECONDS) return;
    shown = true;
    process.stderr.write(`\r\u001B[K${describe()} (${Math.round((performance.now() - began) / 1000)} s)`);
  }, EVERY_MILLISECONDS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (shown) process.stderr.write('\r\u001B[K');
  }
}
