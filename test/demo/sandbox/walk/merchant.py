"""A merchant that knows the providers' documents and nothing of this project: Python 3, standard library only.

    python3 merchant.py http://127.0.0.1:8090 8080

It pays in three ways and receives the providers' callbacks on the port. GlobalPay's come to the address that the
sandbox was started with: SANDBOX_GLOBALPAY_CALLBACK_URL=http://127.0.0.1:8080/globalpay
"""

import hashlib
import hmac
import html.parser
import http.server
import json
import queue
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid

SANDBOX, PORT = sys.argv[1], int(sys.argv[2])
HERE = f"http://127.0.0.1:{PORT}"
MERCHANT_ID, SECRET = "BO_sandbox0000001", "sandbox-secret-0001"
GATEWAY_MERCHANT_ID = "BO_gateway0000001"
RUN = uuid.uuid4().hex[:8]


class Form(html.parser.HTMLParser):
    """The form of a page that has the field; of its fields those with a value, as a browser would send them."""

    def __init__(self, page, field, address):
        super().__init__()
        self.forms = []
        self.feed(page)
        found = [form for form in self.forms if field in form["fields"]]
        assert len(found) == 1, f"{len(found)} forms with the field {field}"
        self.action = urllib.parse.urljoin(address, found[0]["action"])
        self.values = {name: value for name, value in found[0]["fields"].items() if value is not None}

    def handle_starttag(self, tag, attributes):
        attribute = dict(attributes)
        if tag == "form":
            self.forms.append({"action": attribute.get("action", ""), "fields": {}})
        if tag == "input" and self.forms:
            self.forms[-1]["fields"][attribute["name"]] = attribute.get("value")


class StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


without_redirects = urllib.request.build_opener(urllib.request.ProxyHandler({}), StayHere)


def request(url, body=None, content_type=None, bearer=None):
    """Status, address in Location, and text of the answer."""
    headers = {"Accept-Language": "en"}
    if content_type:
        headers["Content-Type"] = content_type
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    try:
        answer = without_redirects.open(urllib.request.Request(url, body, headers), timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers.get("Location"), answer.read().decode()


def post_json(url, value, bearer=None):
    return json.loads(request(url, json.dumps(value).encode(), "application/json", bearer)[2])


def browse(url, fields=None):
    """What a shopper's browser gets: a page, or the address of the merchant that it is sent to."""
    body = urllib.parse.urlencode(fields).encode() if fields is not None else None
    status, location, text = request(url, body, "application/x-www-form-urlencoded")
    if status != 303:
        return url, text
    target = urllib.parse.urljoin(url, location)
    return browse(target) if target.startswith(SANDBOX) else (target, None)


def submit(address, page, typed):
    form = Form(page, next(iter(typed)), address)
    return browse(form.action, {**form.values, **typed})


def signature(*texts):
    return hmac.new(SECRET.encode(), ";".join(texts).encode(), hashlib.sha512).hexdigest()


def procard(path, fields):
    """Multipart, as the Google Pay page of ProcardPay asks for."""
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    body = ("".join(parts) + f"--{boundary}--\r\n").encode()
    url = f"{SANDBOX}/procard/api/{path}"
    return json.loads(request(url, body, f"multipart/form-data; boundary={boundary}")[2])


def purchase(operation, order_id, amount, **more):
    description = "Чайник"
    return procard(
        "",
        {
            "operation": operation,
            "merchant_id": MERCHANT_ID,
            "order_id": order_id,
            "amount": amount,
            "currency_iso": "UAH",
            "description": description,
            "callback_url": f"{HERE}/procard",
            "signature": signature(MERCHANT_ID, order_id, amount, "UAH", description),
            **more,
        },
    )


def check(order_id):
    fields = {"merchant_id": MERCHANT_ID, "order_id": order_id, "signature": signature(MERCHANT_ID, order_id)}
    return procard("check", fields)["transactionStatus"]


callbacks = queue.Queue()


class Listener(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        callbacks.put((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"OK")

    def log_message(self, *_):
        pass


def signed_callback(order_id):
    path, body = callbacks.get(timeout=60)
    names = ("merchantAccount", "orderReference", "amount", "currency")
    expected = signature(*(body[name] for name in names))
    assert (path, body["orderReference"]) == ("/procard", order_id), (path, body)
    assert hmac.compare_digest(expected, body["merchantSignature"]), "signature of the callback"
    return body["transactionStatus"]


def google_pay_with_3ds():
    order_id = f"py-{RUN}-1"
    wish = {"cardId": "mastercard-3ds2", "gatewayMerchantId": GATEWAY_MERCHANT_ID}
    token = post_json(f"{SANDBOX}/google-pay/token", wish)["token"]
    challenge = purchase(
        "GooglePayPurchase",
        order_id,
        "1250.50",
        gpApiVersion="2",
        gpApiVersionMinor="0",
        gpPMType="CARD",
        gpPMDescription="Mastercard •••• 2003",
        gpPMICardNetwork="MASTERCARD",
        gpPMICardDetails="2003",
        gpTokenType="PAYMENT_GATEWAY",
        gpToken=token,
        **{"add_params[AReqDetails.notificationUrl]": f"{HERE}/bank-is-done"},
    )
    assert challenge["code"] == 2002, challenge
    bank = browse(challenge["d3AcsUrl"], {"creq": challenge["d3Creq"]})
    address, page = submit(*bank, {"code": "123456", "decision": "confirm"})
    way_back = Form(page, "cres", address)
    assert way_back.action == f"{HERE}/bank-is-done", way_back.action
    key = challenge["transaction_key"]
    fields = {
        "operation": "Complete3DS",
        "merchant_id": MERCHANT_ID,
        "transaction_key": key,
        "d3ds_md": "",
        "d3ds_pares": "",
        "d3ds_cres": way_back.values["cres"],
        "signature": signature(MERCHANT_ID, key, "", ""),
    }
    completed = procard("", fields)
    return challenge["code"], completed["status"], check(order_id), signed_callback(order_id)


def procard_page():
    order_id = f"py-{RUN}-2"
    shop = {f"{end}_url": f"{HERE}/{end}" for end in ("approve", "decline", "cancel")}
    opened = purchase("Purchase", order_id, "99.00", redirect="0", language="en", **shop)
    page = browse(opened["url"])
    card = {"number": "4000000000001000", "expiry": "12/30", "cvv": "123", "action": "pay"}
    address, _ = submit(*page, card)
    return address.rpartition("/")[2], check(order_id), signed_callback(order_id)


def globalpay_page():
    api = f"{SANDBOX}/globalpay/checkout/v1"
    login = {"username": "sandbox-merchant", "password": "sandbox-password"}
    bearer = post_json(f"{api}/merchant/auth", login)["access_token"]
    wish = {
        "name": f"py-{RUN}-3",
        "description": "Piala",
        "externalId": f"py-{RUN}-3",
        "account": f"py-{RUN}-3",
        "externalServiceId": "303",
        "items": [],
        "requestFields": [{"name": "amount", "value": "4500000"}, {"name": "currency", "value": "UZS"}],
        "successRedirectUrl": f"{HERE}/thanks",
        "failRedirectUrl": f"{HERE}/sorry",
    }
    token = post_json(f"{api}/user-service-tokens", wish, bearer)
    page = browse(token["userRedirectUrl"])
    code_page = submit(*page, {"number": "8600000000000007", "expiry": "12/30"})
    address, _ = submit(*code_page, {"code": "123456"})
    payment = json.loads(request(f"{api}/payment/servicetoken/{token['id']}", bearer=bearer)[2])
    path, told = callbacks.get(timeout=60)
    assert (path, told["id"], told["status"]) == ("/globalpay", token["id"], payment["status"]), (path, told)
    receipt = "receipt" if request(payment["gnkDetail"]["qrCodeUrl"])[0] == 200 else "no receipt"
    return address.rpartition("/")[2], payment["status"], receipt


server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Listener)
threading.Thread(target=server.serve_forever, daemon=True).start()
for pay in (google_pay_with_3ds, procard_page, globalpay_page):
    print(pay.__name__, *pay())
