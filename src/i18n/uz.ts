import type { Messages } from './messages.js';

export const uz: Messages = {
  wait: 'Kuting…',
  payByCard: 'Karta bilan to‘lash',
  checking: 'To‘lov natijasi tekshirilmoqda…',
  checkingOffline: 'Aloqa yo‘q. Natija tekshirilmoqda: iltimos, qayta to‘lamang.',
  tryAgain: 'Qayta urinish',
  proceed: 'To‘lovni davom ettirish',
  cancel: 'Bekor qilish',
  receipt: 'Chek',

  paid: (amount) => `To‘landi: ${amount}`,
  cancelled: 'To‘lov bekor qilindi.',
  expired: 'To‘lov vaqti tugadi.',
  failed: 'To‘lov amalga oshmadi.',
  declined: {
    insufficient_funds: 'Kartada mablag‘ yetarli emas.',
    card_expired: 'Kartaning amal qilish muddati tugagan.',
    card_blocked: 'Karta bloklangan. Bankka murojaat qiling.',
    limit_exceeded: 'Karta limitidan oshib ketdi.',
    authentication_failed: 'Bank bu siz ekaningizni tasdiqlay olmadi.',
    issuer_unavailable: 'Bank javob bermayapti. Keyinroq urinib ko‘ring.',
    suspected_fraud: 'Bank xavfsizlik sababli rad etdi. Bankka murojaat qiling.',
    invalid_card: 'Bu karta bilan bu yerda to‘lab bo‘lmaydi.',
    other: 'Bank to‘lovni rad etdi.',
  },
  notCharged: 'Pul yechilmadi.',

  errors: {
    not_found: 'Bunday buyurtma yoki to‘lov yo‘q.',
    amount_mismatch: 'Narx o‘zgardi.',
    already_paid: 'Bu buyurtma allaqachon to‘langan.',
    order_busy: 'Oldingi to‘lov hali tekshirilmoqda. Bir daqiqadan keyin urinib ko‘ring.',
    network: 'Do‘kon bilan aloqa yo‘q.',
    popup_blocked: 'Brauzer to‘lov oynasini blokladi. Qalqib chiquvchi oynalarga ruxsat bering.',
    google_pay: 'Google Pay ishlamadi.',
    no_method: 'Bu buyurtmani bu brauzerda to‘lab bo‘lmaydi.',
    other: 'To‘lovni boshlab bo‘lmadi.',
  },

  threedsTitle: 'To‘lovni bankingizda tasdiqlang',
  threedsFrameTitle: 'Bank sahifasi',
  threedsLoaded: 'Bank sahifasi ochildi.',
  threedsLeave: 'To‘lovni to‘xtatish',
  threedsOpenInTab: 'Yangi varaqda ochish',
  threedsBlocked: 'Bank sahifasini bu yerda ko‘rsatib bo‘lmaydi.',
  threedsInterrupted: 'Bank tekshiruvi uzildi.',
};
