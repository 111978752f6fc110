// The pieces of the sheet, each made anew from what it shows.
import { ENDINGS } from './rejections.js';
import { transactionOf } from './transaction.js';
import { addressesFor, describe } from './wallet.js';

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Who is paid, and how much. */
export function summary(request, text) {
  const { total, currency, isEstimated, label, items } = transactionOf(request);
  const price = (amount) => `${amount} ${currency}`;
  const lines = items.map((item) =>
    line(item.label, item.status === 'PENDING' ? text.pending : price(item.price)),
  );
  const sum = element('p', { className: 'total' }, total ? price(total) : text.priceUnknown);
  if (isEstimated) sum.append(' ', element('small', {}, `(${text.estimated})`));
  return [
    element('p', {}, `${text.to}: ${request.merchantInfo?.merchantName ?? text.shopUnknown}`),
    ...(lines.length > 0 ? [element('dl', { className: 'items' }, ...lines)] : []),
    ...(label ? [element('p', { className: 'quiet' }, label)] : []),
    sum,
  ];
}

function line(label, value) {
  return element('div', {}, element('dt', {}, label), element('dd', {}, value));
}

/** What a shopper may choose beside the card. `choose(trigger, choice)` answers whether that is possible now. */
export function choices(request, choice, text, choose) {
  const fields = [];
  if (request.shippingAddressRequired) {
    const addresses = addressesFor(request);
    const names = addresses.map(({ locality, countryCode }) => `${locality}, ${countryCode}`);
    const at = addresses.indexOf(choice.address);
    fields.push(
      select(text.address, 'SHIPPING_ADDRESS', names, at, (index) => ({ address: addresses[index] })),
    );
  }
  const options = (request.shippingOptionRequired && request.shippingOptionParameters?.shippingOptions) || [];
  if (options.length > 0) {
    const names = options.map(({ label, description }) => [label, description].filter(Boolean).join(': '));
    const at = options.findIndex(({ id }) => id === choice.optionId);
    fields.push(
      select(text.option, 'SHIPPING_OPTION', names, at, (index) => ({ optionId: options[index].id })),
    );
  }
  const offers = request.offerInfo?.offers ?? [];
  if (offers.length > 0) {
    const codes = [undefined, ...offers.map(({ redemptionCode }) => redemptionCode)];
    const names = [text.noOffer, ...offers.map(({ description }) => description)];
    fields.push(
      select(text.offer, 'OFFER', names, codes.indexOf(choice.redemptionCodes[0]), (index) => ({
        redemptionCodes: index === 0 ? [] : [codes[index]],
      })),
    );
  }
  return fields;

  function select(label, trigger, names, selectedIndex, choiceAt) {
    const box = element('select', {}, ...names.map((name) => element('option', {}, name)));
    box.dataset.choice = trigger;
    box.selectedIndex = selectedIndex;
    box.addEventListener('change', () => {
      if (!choose(trigger, choiceAt(box.selectedIndex))) box.selectedIndex = selectedIndex;
    });
    return element('label', {}, label, box);
  }
}

/** The cards in groups, each group under its heading. */
export function cardList(cards, text, choose) {
  if (cards.length === 0) return [element('p', {}, text.noCard)];
  return Object.entries(text.cards).flatMap(([group, heading]) => {
    const items = cards.filter((card) => card.group === group).map(item);
    return items.length > 0 ? [element('h3', {}, heading), element('ul', {}, ...items)] : [];
  });

  function item(card) {
    const button = element('button', { type: 'button' });
    button.append(element('b', { lang: 'en' }, card.label), ' ', element('span', {}, describe(card)));
    button.dataset.card = card.id;
    button.addEventListener('click', () => {
      if (button.ariaDisabled !== 'true') choose(card);
    });
    return element('li', {}, button);
  }
}

/** The other endings that a page must be ready for, by the words that it gets. */
export function otherEndings(text, end) {
  const items = ENDINGS.map((ending) => {
    const button = element('button', { type: 'button' }, ending);
    button.dataset.ending = ending;
    button.addEventListener('click', () => end(ending));
    return element('li', {}, button);
  });
  return element('details', {}, element('summary', {}, text.more), element('ul', {}, ...items));
}
