import { RIGHT_CODE } from '../scenarios.js';

const TEXTS = {
  en: {
    bank: 'Sandbox Bank',
    title: 'Confirm your payment',
    purpose: 'Payment for',
    amount: 'Amount',
    card: 'Card',
    time: 'Time to confirm',
    label: 'Code from the text message',
    confirm: 'Confirm',
    cancel: 'Cancel',
    note: `Sandbox: the code is ${RIGHT_CODE}. Any other code is wrong.`,
    appTitle: 'Confirm in the bank’s app',
    appHint: 'This page goes on by itself.',
    openApp: 'Open the app',
    hasConfirmed: 'I have confirmed',
    app: 'Sandbox Bank app',
    approve: 'Approve',
    refuse: 'Refuse',
    appDone: 'Thank you. Close this window and go back to the shop.',
    back: 'Back to the shop',
    unknown: 'The bank does not know this request.',
  },
  uk: {
    bank: 'Sandbox Bank',
    title: 'Підтвердьте оплату',
    purpose: 'Призначення',
    amount: 'Сума',
    card: 'Картка',
    time: 'Час на підтвердження',
    label: 'Код із повідомлення',
    confirm: 'Підтвердити',
    cancel: 'Скасувати',
    note: `Пісочниця: код ${RIGHT_CODE}. Будь-який інший код неправильний.`,
    appTitle: 'Підтвердьте в застосунку банку',
    appHint: 'Ця сторінка продовжить сама.',
    openApp: 'Відкрити застосунок',
    hasConfirmed: 'Підтверджено',
    app: 'Застосунок Sandbox Bank',
    approve: 'Підтвердити',
    refuse: 'Відмовити',
    appDone: 'Дякуємо. Закрийте це вікно й поверніться до магазину.',
    back: 'Повернутися до магазину',
    unknown: 'Банк не знає цього запиту.',
  },
} as const;

export type Lang = keyof typeof TEXTS;

export function textsOf(lang: Lang): Record<keyof (typeof TEXTS)['en'], string> {
  return TEXTS[lang];
}

/** `10 minutes`, `3 секунди` */
export function durationWords(milliseconds: number, lang: Lang): string {
  const minutes = milliseconds / 60_000;
  const [unit, count] = minutes < 1 ? ['second', milliseconds / 1_000] : ['minute', minutes];
  return new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}
