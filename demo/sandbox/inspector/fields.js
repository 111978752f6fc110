// @ts-check

/** What a field is, in a line. Names of ProcardPay, GlobalPay, Google Pay and EMV 3-D Secure. */
export const FIELDS = new Map(
  Object.entries({
    acsTransID: 'The bank’s own number for this check.',
    about: 'Names that join the messages of one payment.',
    add_params: 'Data about the browser; 3-D Secure 2 lets the bank judge the risk by it.',
    amount: 'ProcardPay: hryvnias as text. GlobalPay: tiyin, a hundredth of a soum.',
    approve_url: 'Where the shopper lands after paying. Says nothing about the money.',
    callback_url: 'Where the provider calls the server back.',
    creq: 'Challenge Request: the question to the bank, to be carried by the browser.',
    cres: 'Challenge Response: the bank’s answer. It goes to the provider, which verifies it.',
    d3AcsUrl: 'Address of the bank’s page (Access Control Server).',
    d3Creq: '3-D Secure 2: the Challenge Request for the bank.',
    d3Md: '3-D Secure 1: the bank’s name for this check.',
    d3Pareq: '3-D Secure 1: the question to the bank.',
    d3ds_cres: 'The bank’s answer, 3-D Secure 2.',
    d3ds_md: 'The bank’s name for this check, as it came back.',
    d3ds_pares: 'The bank’s answer as it came back.',
    externalId: 'The merchant’s own name for this attempt.',
    gnkDetail: 'The fiscal receipt.',
    gpToken: 'Google’s token: sealed for the provider, useless to anybody else.',
    order_id: 'The merchant’s own name for this attempt. The provider accepts each only once.',
    signature: 'A keyed hash over some fields: it proves who sent them and that nobody changed them.',
    merchantSignature: 'ProcardPay’s keyed hash. It leaves the status out, so the status may be forged.',
    token: 'Google’s token: sealed for the provider, useless to anybody else.',
    transStatus: 'The bank’s verdict: Y passed, N not.',
    transaction_key: 'Names the unfinished payment until the bank has answered.',
    userRedirectUrl: 'Address of GlobalPay’s page for this payment.',
  }),
);
