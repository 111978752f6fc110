const EN = {
  title: 'Google Pay stand-in',
  to: 'To',
  shopUnknown: 'a shop without a name',
  priceUnknown: 'Price not known yet',
  estimated: 'estimated',
  pending: 'pending',
  chooseToPay: 'Choose a test card to pay now',
  chooseToGoOn: 'Choose a test card to continue',
  cards: { direct: 'Answered at once', threeds: 'With 3-D Secure', trouble: 'Trouble on the way' },
  noCard: 'No card of the sandbox is one that this shop takes.',
  address: 'Deliver to',
  option: 'Delivery',
  offer: 'Offer',
  noOffer: 'none',
  waiting: 'Waiting for the shop…',
  cancel: 'Cancel',
  more: 'End it another way',
  wrong: 'Something went wrong [OR_BIBED_06]',
  lacking: 'Something is missing.',
  offline: 'The sandbox did not give a token:',
  noVerdict: 'The shop did not say how it ended.',
};

const UK = {
  title: 'Замість Google Pay',
  to: 'Кому',
  shopUnknown: 'магазин без назви',
  priceUnknown: 'Ціна ще невідома',
  estimated: 'приблизно',
  pending: 'уточнюється',
  chooseToPay: 'Оберіть тестову картку, щоб сплатити',
  chooseToGoOn: 'Оберіть тестову картку, щоб продовжити',
  cards: { direct: 'Відповідь одразу', threeds: 'З 3-D Secure', trouble: 'Негаразди в дорозі' },
  noCard: 'Магазин не приймає жодної картки пісочниці.',
  address: 'Куди доставити',
  option: 'Доставка',
  offer: 'Пропозиція',
  noOffer: 'немає',
  waiting: 'Чекаємо на магазин…',
  cancel: 'Скасувати',
  more: 'Завершити інакше',
  wrong: 'Сталася помилка [OR_BIBED_06]',
  lacking: 'Чогось бракує.',
  offline: 'Пісочниця не дала токена:',
  noVerdict: 'Магазин не сказав, чим це скінчилося.',
};

/** In the language of the page, as far as the sandbox speaks it. */
export function sheetTexts(language) {
  return language.startsWith('uk') ? { lang: 'uk', ...UK } : { lang: 'en', ...EN };
}
