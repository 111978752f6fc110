const TEXTS = {
  en: {
    title: 'Confirm the payment',
    frame: 'Your bank’s confirmation page',
    proceed: 'Continue to your bank',
    over: 'Your bank has finished its check. Returning to the shop…',
    back: 'Back to the shop',
    unknown: 'There is nothing to do here. You can close this page.',
  },
  uk: {
    title: 'Підтвердження платежу',
    frame: 'Сторінка підтвердження вашого банку',
    proceed: 'Продовжити на сторінці банку',
    over: 'Банк завершив перевірку. Повертаємося до магазину…',
    back: 'Назад до магазину',
    unknown: 'Тут нічого робити не потрібно. Сторінку можна закрити.',
  },
  ru: {
    title: 'Подтверждение платежа',
    frame: 'Страница подтверждения вашего банка',
    proceed: 'Продолжить на странице банка',
    over: 'Банк завершил проверку. Возвращаемся в магазин…',
    back: 'Назад в магазин',
    unknown: 'Здесь ничего делать не нужно. Страницу можно закрыть.',
  },
  uz: {
    title: 'Toʻlovni tasdiqlash',
    frame: 'Bankingizning tasdiqlash sahifasi',
    proceed: 'Bank sahifasiga oʻtish',
    over: 'Bank tekshiruvi tugadi. Doʻkonga qaytilmoqda…',
    back: 'Doʻkonga qaytish',
    unknown: 'Bu yerda hech narsa qilish shart emas. Sahifani yopish mumkin.',
  },
} as const;

export type PageTexts = { lang: string } & Record<keyof (typeof TEXTS)['en'], string>;

/** The texts in the first language of an Accept-Language header that there are texts in, else in English. */
export function pageTexts(acceptLanguage: string): PageTexts {
  for (const range of acceptLanguage.split(',')) {
    const lang = range.trim().slice(0, 2).toLowerCase();
    if (lang === 'uk' || lang === 'ru' || lang === 'uz' || lang === 'en') return { lang, ...TEXTS[lang] };
  }
  return { lang: 'en', ...TEXTS.en };
}
