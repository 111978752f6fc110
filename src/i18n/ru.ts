import type { Messages } from './messages.js';

export const ru: Messages = {
  wait: 'Подождите…',
  payByCard: 'Оплатить картой',
  checking: 'Проверяем результат платежа…',
  checkingOffline: 'Нет связи. Мы проверяем результат: пожалуйста, не платите повторно.',
  tryAgain: 'Попробовать ещё раз',
  proceed: 'Продолжить оплату',
  cancel: 'Отменить',
  receipt: 'Чек',

  paid: (amount) => `Оплачено: ${amount}`,
  cancelled: 'Платёж отменён.',
  expired: 'Время на оплату истекло.',
  failed: 'Платёж не прошёл.',
  declined: {
    insufficient_funds: 'На карте недостаточно средств.',
    card_expired: 'Срок действия карты истёк.',
    card_blocked: 'Карта заблокирована. Обратитесь в банк.',
    limit_exceeded: 'Превышен лимит карты.',
    authentication_failed: 'Банк не смог подтвердить, что это вы.',
    issuer_unavailable: 'Банк не отвечает. Попробуйте позже.',
    suspected_fraud: 'Банк отказал по соображениям безопасности. Обратитесь в банк.',
    invalid_card: 'Этой картой здесь нельзя оплатить.',
    other: 'Банк отклонил платёж.',
  },
  notCharged: 'Деньги не списаны.',

  errors: {
    not_found: 'Такого заказа или платежа нет.',
    amount_mismatch: 'Цена изменилась.',
    already_paid: 'Этот заказ уже оплачен.',
    order_busy: 'Предыдущий платёж ещё проверяется. Попробуйте через минуту.',
    network: 'Нет связи с магазином.',
    popup_blocked: 'Браузер заблокировал окно оплаты. Разрешите всплывающие окна.',
    google_pay: 'Google Pay не сработал.',
    no_method: 'Этот заказ нельзя оплатить в этом браузере.',
    other: 'Не удалось начать оплату.',
  },

  threedsTitle: 'Подтвердите платёж в своём банке',
  threedsFrameTitle: 'Страница банка',
  threedsLoaded: 'Страница банка открыта.',
  threedsLeave: 'Прекратить оплату',
  threedsOpenInTab: 'Открыть в новой вкладке',
  threedsBlocked: 'Страницу банка нельзя показать здесь.',
  threedsInterrupted: 'Проверка банком прервана.',
};
