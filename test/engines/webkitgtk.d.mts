export interface Session {
  /** `2.50.6` */
  readonly version: string;
  send(method: string, path: string, body?: object): Promise<unknown>;
  close(): Promise<unknown>;
}
export interface WebKit {
  newSession(): Promise<Session>;
  emulateMedia(media: { colorScheme?: string; reducedMotion?: string }): void;
  close(): Promise<void>;
}
export function startWebKit(options?: { popups?: boolean }): Promise<WebKit>;
