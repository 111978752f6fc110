import { fetchCards, fetchToken, tell } from './backend.js';
import { answerOf, problemOfError } from './callbacks.js';
import { closedByShopper, endedAs, failedInSheet } from './rejections.js';
import { problemInSheet } from './rules.js';
import { openSheet } from './sheet.js';
import { updated } from './transaction.js';
import {
  cardMethod,
  choiceIn,
  firstChoice,
  intermediateData,
  isAllowed,
  lackOf,
  paymentData,
} from './wallet.js';

/** One sheet, from opening to closing. Settles as `loadPaymentData` does, once the sheet is gone. */
export function paySession(request, callbacks, render) {
  return new Promise((resolve, reject) => {
    const sheet = openSheet({ close: () => settle(), card: pay, choice: change, ending: end });
    let now = request;
    let problem = problemInSheet(request);
    let choice;
    let cards = [];
    let settle = () =>
      reject(problem ? failedInSheet(render, 'DEVELOPER_ERROR', problem) : closedByShopper(render));
    if (problem) sheet.say(sheet.text.wrong, problem);
    else void begin();

    async function begin() {
      choice = firstChoice(request);
      sheet.show(now, choice);
      try {
        cards = (await fetchCards()).filter((card) => isAllowed(card, request));
      } catch (error) {
        sheet.say(sheet.text.offline, error.message);
        return;
      }
      if (!sheet.isOpen()) return;
      sheet.offer(cards, request);
      await change('INITIALIZE', {});
    }

    /** What the shopper chose beside the card. The page may answer with a new price, or refuse the choice. */
    async function change(trigger, chosen) {
      choice = { ...choice, ...chosen };
      let error;
      if (isWanted(trigger)) {
        sheet.become('waiting');
        const data = intermediateData(now, trigger, cards[0]?.network, choice);
        const began = performance.now();
        const answer = await answerOf(callbacks.onPaymentDataChanged, data, trigger);
        tell('onPaymentDataChanged', data, answer, began);
        now = updated(now, answer ?? {});
        choice = choiceIn(now, choice);
        problem = problemInSheet(now);
        error = answer?.error;
      }
      const lack = lackOf(now, choice);
      sheet.show(now, choice);
      if (problem) sheet.say(sheet.text.wrong, problem);
      else if (error) sheet.say(error.message, problemOfError(error, [...now.callbackIntents, trigger]));
      else sheet.say(lack ? sheet.text.lacking : '', lack);
      sheet.become(problem || error || lack ? 'refused' : 'open');
    }

    function isWanted(trigger) {
      if (!callbacks?.onPaymentDataChanged) return false;
      return trigger === 'INITIALIZE' || request.callbackIntents.includes(trigger);
    }

    async function pay(card) {
      sheet.say('');
      sheet.become('waiting');
      let token;
      try {
        token = await fetchToken(card, cardMethod(now).tokenizationSpecification);
      } catch (error) {
        sheet.say(sheet.text.offline, error.message);
        sheet.become('open');
        return;
      }
      if (!sheet.isOpen()) return; // the page must not hear of a payment that the shopper gave up
      await authorize(paymentData(now, card, token, choice));
    }

    /** The page may have the last word. If it is no, the shopper may try another card. */
    async function authorize(data) {
      if (!callbacks?.onPaymentAuthorized) {
        finish(() => resolve(data));
        return;
      }
      const began = performance.now();
      const verdict = await answerOf(callbacks.onPaymentAuthorized, data, 'PAYMENT_AUTHORIZATION');
      tell('onPaymentAuthorized', data, verdict, began);
      if (verdict?.transactionState === 'SUCCESS') {
        finish(() => resolve(data));
        return;
      }
      const { error } = verdict ?? {};
      if (error) sheet.say(error.message, problemOfError(error, now.callbackIntents));
      else sheet.say(sheet.text.noVerdict, 'onPaymentAuthorized must answer { transactionState }.');
      sheet.become('open');
    }

    function end(ending) {
      finish(() => reject(endedAs(render, ending)));
    }

    function finish(how) {
      settle = how;
      sheet.close();
    }
  });
}
