/** Why a bank check did not begin, or ended here. */
export type ThreedsErrorCode =
  | 'invalid_url' // an address is not absolute, not https, carries credentials, or is this page's own origin
  | 'invalid_challenge' // fields are missing, contradict each other, or are too long
  | 'blocked_by_policy' // the page's content security policy forbids the frame or the form
  | 'already_active' // another element of this page shows this very challenge
  | 'interrupted' // the element was moved, which empties its frame; show() begins again
  | 'not_visible'; // the page hides the frame; the challenge goes on

/** The bank's page is before the shopper. */
export class ThreedsShownEvent extends Event {
  constructor() {
    super('threeds-shown', { bubbles: true, composed: true });
  }
}

/** The bank sent the shopper back, or has a tab of its own now. Says nothing of the result: ask the server. */
export class ThreedsReturnEvent extends Event {
  constructor() {
    super('threeds-return', { bubbles: true, composed: true });
  }
}

/** The shopper wants to leave the bank check. `preventDefault()` keeps it open. */
export class ThreedsCancelEvent extends Event {
  constructor() {
    super('threeds-cancel', { bubbles: true, composed: true, cancelable: true });
  }
}

/** See ThreedsErrorCode. Every code but `not_visible` means that no bank page is before the shopper. */
export class ThreedsErrorEvent extends Event {
  readonly detail: { readonly code: ThreedsErrorCode };
  constructor(code: ThreedsErrorCode) {
    super('threeds-error', { bubbles: true, composed: true });
    this.detail = { code };
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'threeds-shown': ThreedsShownEvent;
    'threeds-return': ThreedsReturnEvent;
    'threeds-cancel': ThreedsCancelEvent;
    'threeds-error': ThreedsErrorEvent;
  }
}
