import type { CreatePayment, GooglePayEnvironment, Offer } from '../contract/api.js';
import type { Money } from '../contract/money.js';
import type { MethodType } from '../contract/payment.js';

type Text = string | null | undefined;
type Choice<T> = T | null | undefined;

/**
 * What a page says about a payment: the attributes of a pay-button, under their property names. Until they are read
 * they may hold anything.
 */
export interface PayAttributes {
  endpoint: Text;
  orderId: Text;
  method: Choice<'auto' | MethodType>;
  presentation: Choice<'auto' | 'modal' | 'inline' | 'redirect'>;
  locale: Choice<CreatePayment['locale']>;
  returnUrl: Text;
  amount: Text;
  currency: Choice<Money['currency']>;
  country: Choice<Offer['country']>;
  gateway: Text;
  gatewayMerchantId: Text;
  merchantName: Text;
  merchantId: Text;
  environment: Choice<GooglePayEnvironment>;
  /** What Google lets a shop choose of its button. Google puts its own choice in place of a value it does not know. */
  buttonColor: Text;
  buttonType: Text;
  buttonRadius: Text;
  buttonSizeMode: Text;
  buttonBorderType: Text;
}
