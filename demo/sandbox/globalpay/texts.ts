import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PaymentToken, Receipt } from './tokens.js';
import { page, pickLanguage, type Html } from '../page.js';

export const TEXTS = {
  en: {
    title: 'Payment',
    pay: 'Pay',
    number: 'Card number',
    expiry: 'Expiry date',
    unknownCard: 'The sandbox does not know this card. Choose one of the cards below.',
    cards: 'Sandbox controls',
    controls: 'Sandbox controls',
    expire: 'Let 15 minutes pass',
    refuse: 'Refuse to pay',
    code: 'Code from the SMS',
    wrongCode: 'Wrong code. Try again.',
    confirm: 'Confirm',
    sms: 'SMS: your code is',
    toBank: 'Go to the bank',
    approved: 'Paid.',
    failed: 'Not paid.',
    expired: 'The time to pay is over. Nothing was charged.',
    back: 'Back to the shop',
    notFound: 'There is no such payment.',
    receipt: 'Fiscal receipt',
    total: 'Total',
    time: 'Time',
    sign: 'Fiscal sign',
    terminal: 'Terminal',
    pretended: 'A pretended receipt: no tax authority knows it.',
  },
  uz: {
    title: 'Toʻlov',
    pay: 'Toʻlash:',
    number: 'Karta raqami',
    expiry: 'Amal qilish muddati',
    unknownCard: 'Sinov muhiti bu kartani bilmaydi. Quyidagi kartalardan birini tanlang.',
    cards: 'Sinov muhiti',
    controls: 'Sinov muhiti',
    expire: '15 daqiqa oʻtsin',
    refuse: 'Toʻlovdan voz kechish',
    code: 'SMS kodi',
    wrongCode: 'Kod notoʻgʻri. Qayta urinib koʻring.',
    confirm: 'Tasdiqlash',
    sms: 'SMS: kodingiz',
    toBank: 'Bankka oʻtish',
    approved: 'Toʻlandi.',
    failed: 'Toʻlanmadi.',
    expired: 'Toʻlov vaqti tugadi. Hech narsa yechilmadi.',
    back: 'Doʻkonga qaytish',
    notFound: 'Bunday toʻlov yoʻq.',
    receipt: 'Fiskal chek',
    total: 'Jami',
    time: 'Vaqt',
    sign: 'Fiskal belgi',
    terminal: 'Terminal',
    pretended: 'Sinov cheki: soliq organi uni bilmaydi.',
  },
} as const;
export type Lang = keyof typeof TEXTS;

export function langOf(c: Context): Lang {
  return pickLanguage(c.req.header('Accept-Language'), ['en', 'uz']);
}

/** 100000 tiyin → `1 000,00 UZS`. */
export function soum(minor: number): string {
  const whole = String(Math.floor(minor / 100)).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  return `${whole},${String(minor % 100).padStart(2, '0')} UZS`;
}

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
      <p>${token.request.description}</p>
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
