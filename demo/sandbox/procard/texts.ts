import type { PaymentPage } from './payment.js';

const uk = {
  title: 'Оплата карткою',
  pay: 'Сплатити',
  refuse: 'Відмовитися від оплати',
  number: 'Номер картки',
  expiry: 'Строк дії',
  unknownCard: 'Пісочниця не знає цієї картки. Оберіть одну з карток нижче.',
  cards: 'Картки пісочниці',
  toBank: 'Перейти до банку',
  done: 'Цей платіж уже завершено.',
  back: 'Повернутися до магазину',
  notFound: 'Такого платежу немає.',
};

/** The languages that ProcardPay's `language` names. */
export const TEXTS: Record<'uk' | 'ru' | 'en', typeof uk> = {
  uk,
  ru: {
    title: 'Оплата картой',
    pay: 'Оплатить',
    refuse: 'Отказаться от оплаты',
    number: 'Номер карты',
    expiry: 'Срок действия',
    unknownCard: 'Песочница не знает этой карты. Выберите одну из карт ниже.',
    cards: 'Карты песочницы',
    toBank: 'Перейти в банк',
    done: 'Этот платёж уже завершён.',
    back: 'Вернуться в магазин',
    notFound: 'Такого платежа нет.',
  },
  en: {
    title: 'Pay by card',
    pay: 'Pay',
    refuse: 'Refuse to pay',
    number: 'Card number',
    expiry: 'Expiry date',
    unknownCard: 'The sandbox does not know this card. Choose one of the cards below.',
    cards: 'Sandbox cards',
    toBank: 'Go to the bank',
    done: 'This payment is already finished.',
    back: 'Back to the shop',
    notFound: 'There is no such payment.',
  },
};
export type Lang = keyof typeof TEXTS;

/** `ua` or `uk`, `ru` and `en` are seen in public integrations; without a language, Ukrainian is assumed. */
export function langOf({ language }: PaymentPage): Lang {
  return language === 'en' || language === 'ru' ? language : 'uk';
}
