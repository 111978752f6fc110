/** Languages of Google's button. Two letters: with a region, it does not find them. */
export const LOCALES =
  'en ar bg ca cs da de el es et fi fr hr id it ja ko ms nl no pl pt ru sk sl sr sv th tr uk zh'.split(' ');

/** In languages that the sandbox does not speak, its button says it in English. */
export const CAPTIONS = {
  en: {
    book: 'Book with Google Pay',
    buy: 'Buy with Google Pay',
    checkout: 'Checkout with Google Pay',
    donate: 'Donate with Google Pay',
    order: 'Order with Google Pay',
    pay: 'Pay with Google Pay',
    subscribe: 'Subscribe with Google Pay',
  },
  uk: {
    book: 'Забронювати через Google Pay',
    buy: 'Купити через Google Pay',
    checkout: 'Оформити через Google Pay',
    donate: 'Пожертвувати через Google Pay',
    order: 'Замовити через Google Pay',
    pay: 'Сплатити через Google Pay',
    subscribe: 'Підписатися через Google Pay',
  },
  ru: {
    book: 'Забронировать через Google Pay',
    buy: 'Купить через Google Pay',
    checkout: 'Оформить через Google Pay',
    donate: 'Пожертвовать через Google Pay',
    order: 'Заказать через Google Pay',
    pay: 'Оплатить через Google Pay',
    subscribe: 'Подписаться через Google Pay',
  },
};
