import { css } from './css.js';

export const threedsFrameStyles = css`
  /* Important, because page styles would win over :host otherwise, and a hidden bank check is a lost payment. */
  :host {
    display: block !important;
    visibility: visible !important;
    pointer-events: auto !important;
  }

  dialog {
    padding: 0;
    max-block-size: 100%;
    overflow-y: auto;
  }

  dialog,
  section {
    box-sizing: border-box;
    inline-size: fit-content;
    max-inline-size: 100%;
    border: 1px solid GrayText;
    border-radius: var(--pay-radius, 4px);
    color: var(--pay-color, CanvasText);
    background: var(--pay-background, Canvas);
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 60%);
  }

  .panel {
    box-sizing: border-box;
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding: 15px;
    inline-size: calc(max(var(--_w), 18rem) + 30px);
    max-inline-size: 100%;
    text-align: start;
  }

  /* Challenge window sizes: EMV 3DS Core 2.3.1, Table A.23. */
  .size-01 {
    --_w: 250px;
    --_h: 400px;
  }

  .size-02 {
    --_w: 390px;
    --_h: 400px;
  }

  .size-03 {
    --_w: 500px;
    --_h: 600px;
  }

  .size-04 {
    --_w: 600px;
    --_h: 400px;
  }

  .size-05 {
    --_w: 100vw;
    --_h: 100%;
    padding: 8px;
    /* 0cqi: WebKit 2.50 would give the lengths of the window as it was to the next check's panel. */
    block-size: calc(100dvh - 2px + 0cqi);
  }

  .head,
  [role='group'] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }

  h2 {
    flex: 1 1 9em;
    margin: 0;
    font-size: 1.125em;
  }

  h2:focus {
    outline: none;
  }

  #tab {
    align-self: start;
    padding-inline: 0;
    border: 0;
    text-decoration: underline;
  }

  #question {
    inline-size: 100%;
  }

  #stay,
  #leave {
    flex: auto;
  }

  .bank {
    display: grid;
    flex: 1 0 auto;
    min-block-size: 250px;
  }

  .bank > * {
    grid-area: 1 / 1;
    place-self: center;
  }

  iframe {
    inline-size: min(100%, var(--_w));
    block-size: var(--_h);
    border: 0;
    /* Bank pages are made for a light ground. */
    color-scheme: light;
    background: #fff;
  }

  .unseen {
    position: absolute;
    clip-path: inset(50%);
  }
`;
