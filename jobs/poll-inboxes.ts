import type { House } from './house.ts';

export async function pollInboxes(_house: House, _signal: AbortSignal): Promise<void> {}
