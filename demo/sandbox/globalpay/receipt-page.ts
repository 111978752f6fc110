import { html } from 'hono/html';
import { page, type Html } from '../page.js';
import { soum, TEXTS, type Lang } from './texts.js';
import type { PaymentToken, Receipt } from './tokens.js';

/** The electronic receipt, where `qrCodeUrl` leads. */
export function receiptPage(lang: Lang, token: PaymentToken, receipt: Receipt): Html {
  const text = TEXTS[lang];
  const rows = [
    [text.total, soum(token.amountMinor)],
    [text.time, new Date(receipt.at).toLocaleString('sv-SE', { timeZone: 'Asia/Tashkent' })],
    [text.terminal, receipt.terminalId],
    [text.sign, receipt.fiscalSign],
  ];
  return page({
    lang,
    title: `${text.receipt} № ${receipt.receiptId}`,
    look: 'globalpay',
    body: html`<main>
      <header>
        <p class="brand">GlobalPay</p>
        <p class="badge">SANDBOX</p>
      </header>
      <h1>${text.receipt} № ${receipt.receiptId}</h1>
      <p>${token.echo.description}</p>
      <dl>
        ${rows.map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
      <p class="note">${text.pretended}</p>
    </main>`,
  });
}
