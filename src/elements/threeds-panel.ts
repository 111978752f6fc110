import { html, type TemplateResult } from 'lit';
import type { Messages } from '../i18n/messages.js';
import type { BankCheck } from '../threeds/bank-check.js';

export interface Panel {
  readonly check: BankCheck;
  /** Whether the bank's page has loaded. */
  readonly loaded: boolean;
  /** Whether the shopper is being asked to confirm leaving. */
  readonly asking: boolean;
  readonly texts: Messages;
  readonly onStay: () => void;
  readonly onLeave: () => void;
  readonly onOpenInTab: () => void;
}

/**
 * The bank's frame and what stands around it. A frame has its address before it enters the document, and is never sent
 * elsewhere afterwards: both would leave entries in the browser's history.
 */
export function renderPanel(panel: Panel): TemplateResult {
  const { check, loaded, asking, texts } = panel;
  const { challenge, frame } = check;
  frame.title = texts.threedsFrameTitle;
  return html`<div class="panel size-${challenge.windowSize}">
    <div class="head">
      <h2 id="title" part="dialog-title" tabindex="-1">${texts.threedsTitle}</h2>
      <button class="own" part="dialog-cancel" ?hidden=${asking} @click=${panel.onLeave}>
        ${texts.cancel}
      </button>
    </div>
    <div role="group" aria-labelledby="question" ?hidden=${!asking}>
      <p id="question" part="question">${texts.threedsLeave}?</p>
      <button class="own" part="action" id="stay" @click=${panel.onStay}>${texts.proceed}</button>
      <button class="own" part="action" id="leave" @click=${panel.onLeave}>${texts.threedsLeave}</button>
    </div>
    <div class="bank">
      ${frame}
      <div part="spinner" aria-hidden="true" ?hidden=${loaded}></div>
    </div>
    <p class="unseen" role="status">${loaded ? texts.threedsLoaded : texts.wait}</p>
    <button class="own" part="action" id="tab" @click=${panel.onOpenInTab}>${texts.threedsOpenInTab}</button>
  </div>`;
}
