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
    max-block-size: 100dvh;
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
    align-items: stretch;
    gap: 12px;
    padding: 15px;
    inline-size: calc(max(var(--_width), 18rem) + 30px);
    max-inline-size: 100%;
    font: inherit;
    text-align: start;
  }

  /* Challenge window sizes: EMV 3DS Core 2.3.1, Table A.23. */
  .size-01 {
    --_width: 250px;
    --_height: 400px;
  }

  .size-02 {
    --_width: 390px;
    --_height: 400px;
  }

  .size-03 {
    --_width: 500px;
    --_height: 600px;
  }

  .size-04 {
    --_width: 600px;
    --_height: 400px;
  }

  .size-05 {
    --_width: 100vw;
    --_height: 100%;
    padding: 8px;
    block-size: calc(100dvh - 2px);
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
  }

  h2 {
    margin: 0;
    font-size: 1.125em;
  }

  h2:focus {
    outline: none;
  }

  #tab {
    align-self: start;
    padding-inline: 0;
    border-color: transparent;
    text-align: start;
    text-decoration: underline;
  }

  #question {
    margin: 0 0 8px;
  }

  #stay {
    margin-block-end: 8px;
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
    inline-size: min(100%, var(--_width));
    block-size: var(--_height);
    border: 0;
    /* Bank pages are made for a light ground. */
    color-scheme: light;
    background: #fff;
  }

  .unseen {
    position: absolute;
    margin: 0;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  [part='message']:empty {
    margin: 0;
  }
`;
