import type { Messages } from './messages.js';

export const uk: Messages = {
  wait: 'Зачекайте…',
  payByCard: 'Оплатити карткою',
  checking: 'Перевіряємо результат платежу…',
  checkingOffline: 'Немає зв’язку. Ми перевіряємо результат: будь ласка, не платіть повторно.',
  tryAgain: 'Спробувати ще раз',
  proceed: 'Продовжити оплату',
  cancel: 'Скасувати',
  receipt: 'Чек',

  paid: (amount) => `Сплачено: ${amount}`,
  cancelled: 'Платіж скасовано.',
  expired: 'Час на оплату вичерпано.',
  failed: 'Платіж не пройшов.',
  declined: {
    insufficient_funds: 'На картці недостатньо коштів.',
    card_expired: 'Термін дії картки закінчився.',
    card_blocked: 'Картку заблоковано. Зверніться до банку.',
    limit_exceeded: 'Перевищено ліміт картки.',
    authentication_failed: 'Банк не зміг підтвердити, що це ви.',
    issuer_unavailable: 'Банк не відповідає. Спробуйте пізніше.',
    suspected_fraud: 'Банк відмовив з міркувань безпеки. Зверніться до банку.',
    invalid_card: 'Цією карткою тут не можна оплатити.',
    other: 'Банк відхилив платіж.',
  },
  notCharged: 'Кошти не списано.',

  errors: {
    not_found: 'Такого замовлення або платежу немає.',
    amount_mismatch: 'Ціна змінилася.',
    already_paid: 'Це замовлення вже оплачено.',
    order_busy: 'Попередній платіж ще перевіряється. Спробуйте за хвилину.',
    network: 'Немає зв’язку з магазином.',
    popup_blocked: 'Браузер заблокував вікно оплати. Дозвольте спливні вікна.',
    google_pay: 'Google Pay не спрацював.',
    no_method: 'Це замовлення не можна оплатити в цьому браузері.',
    other: 'Не вдалося почати оплату.',
  },

  threedsTitle: 'Підтвердьте платіж у своєму банку',
  threedsFrameTitle: 'Сторінка банку',
  threedsLoaded: 'Сторінку банку відкрито.',
  threedsLeave: 'Припинити оплату',
  threedsOpenInTab: 'Відкрити в новій вкладці',
  threedsBlocked: 'Сторінку банку не можна показати тут.',
  threedsInterrupted: 'Перевірку банком перервано.',
};
