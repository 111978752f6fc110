const TEXTS = {
  en: {
    title: 'Bank check',
    frame: 'Your bank’s security check',
    proceed: 'Continue to your bank',
    over: 'The bank check is over. Returning to the shop…',
    back: 'Back to the shop',
    unknown: 'There is nothing to do here. You can close this page.',
  },
  uk: {
    title: 'Перевірка банку',
    frame: 'Перевірка безпеки вашого банку',
    proceed: 'Продовжити на сторінці банку',
    over: 'Перевірку банку завершено. Повертаємося до магазину…',
    back: 'Назад до магазину',
    unknown: 'Тут нічого робити не потрібно. Сторінку можна закрити.',
  },
  ru: {
    title: 'Проверка банка',
    frame: 'Проверка безопасности вашего банка',
    proceed: 'Продолжить на странице банка',
    over: 'Проверка банка завершена. Возвращаемся в магазин…',
    back: 'Назад в магазин',
    unknown: 'Здесь ничего делать не нужно. Страницу можно закрыть.',
  },
  uz: {
    title: 'Bank tekshiruvi',
    frame: 'Bankingizning xavfsizlik tekshiruvi',
    proceed: 'Bank sahifasiga o‘tish',
    over: 'Bank tekshiruvi tugadi. Do‘konga qaytilmoqda…',
    back: 'Do‘konga qaytish',
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
