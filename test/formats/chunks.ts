/** Bytes as a stream of pieces, to show that a reader does not depend on where a chunk ends. */
export async function* chunksOf(content: string | Uint8Array, size = 1024): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  for (let begin = 0; begin < bytes.length; begin += size) yield bytes.subarray(begin, begin + size);
}
