/** Settles as the work does, or as `expired` does when the time is over first; what the work does after that is ignored. */
export async function withDeadline<T>(work: Promise<T>, milliseconds: number, expired: () => Error): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(expired()), milliseconds);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
