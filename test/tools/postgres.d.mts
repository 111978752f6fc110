export function startPostgres(): Promise<{ url: string; crash(): Promise<void>; stop(): Promise<void> }>;
