import assert from 'node:assert/strict';
import { type Socket, connect, createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** What the line does to the next connections. Bytes are counted per connection. */
export interface Faults {
  /** Breaks the connection, both ways, when so many bytes have gone up. */
  cutUpAfter?: number;
  /** Breaks the connection when so many bytes have come down: the other side has done more than we hear of. */
  cutDownAfter?: number;
  /** From then on nothing passes any more, and nobody is told (half-open). */
  silentUpAfter?: number;
}

export interface Proxy {
  readonly port: number;
  readonly faults: Faults;
  /** Bytes of the last connection. */
  readonly passed: { up: number; down: number };
  readonly connections: { count: number };
}

/** A line between us and a server on this machine that breaks where the test wants. */
export async function startProxy(targetPort: number): Promise<Proxy> {
  const proxy = { faults: {} as Faults, passed: { up: 0, down: 0 }, connections: { count: 0 } };
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect({ port: targetPort, host: '127.0.0.1', noDelay: true });
    near.setNoDelay(true);
    proxy.connections.count += 1;
    proxy.passed = { up: 0, down: 0 };
    const counted = proxy.passed;
    const cut = (): void => {
      near.resetAndDestroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', cut).on('close', cut);
    }
    near.on('data', (chunk) => {
      const { cutUpAfter = Infinity, silentUpAfter = Infinity } = proxy.faults;
      if (counted.up >= silentUpAfter) return;
      const allowed = chunk.subarray(0, Math.max(0, cutUpAfter - counted.up));
      counted.up += allowed.byteLength;
      far.write(allowed, () => counted.up >= cutUpAfter && cut());
    });
    far.on('data', (chunk) => {
      const { cutDownAfter = Infinity } = proxy.faults;
      const allowed = chunk.subarray(0, Math.max(0, cutDownAfter - counted.down));
      counted.down += allowed.byteLength;
      near.write(allowed, () => counted.down >= cutDownAfter && cut());
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  assert(address !== null && typeof address === 'object');
  return Object.assign(proxy, { port: address.port });
}
