/** What a person wants done with a payment cannot be done; the message says why and what can. */
export class PaymentActRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PaymentActRefused';
  }
}
