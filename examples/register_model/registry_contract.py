"""A server that gives the answers of the Model Registry v0.3.8, as they were recorded, to what its client asks."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PREFIX = "/api/model_registry/v1alpha3/"
KNOWN_FIELDS = {
    "artifactType", "author", "customProperties", "description", "externalId", "id", "modelFormatName",
    "modelFormatVersion", "modelSourceClass", "modelSourceGroup", "modelSourceId", "modelSourceKind",
    "modelSourceName", "name", "owner", "registeredModelId", "serviceAccountName", "state", "storageKey",
    "storagePath", "uri",
}  # fmt: skip


class RegistryContract:
    """Use it in a with statement; address tells where it listens, authorizations what clients sent."""

    def __init__(self):
        self.authorizations = []
        self._kept = {"registered_models": {}, "model_versions": {}, "artifacts": {}}
        self._last_id = 0
        contract = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                contract._answer(self, contract._get)

            def do_POST(self):
                contract._answer(self, contract._post)

            def log_message(self, format, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, request, method):
        self.authorizations.append(request.headers.get("Authorization"))
        url = urlsplit(request.path)
        query = {key: values[0] for key, values in parse_qs(url.query).items()}
        length = int(request.headers.get("Content-Length") or 0)
        body = json.loads(request.rfile.read(length)) if length else {}
        if not url.path.startswith(PREFIX):
            code, answer = 404, None
        else:
            code, answer = method(url.path[len(PREFIX) :].split("/"), query, body)
        text = "404 page not found" if answer is None else json.dumps(answer)
        request.send_response(code)
        request.send_header("Content-Type", "text/plain" if answer is None else "application/json; charset=UTF-8")
        request.end_headers()
        request.wfile.write(text.encode())

    def _get(self, path, query, _):
        if path == ["registered_models"]:
            return self._page(self._kept["registered_models"].values())
        if path == ["registered_model"]:
            return self._one("registered_models", "registered models", query, {})
        if path == ["model_version"]:
            parent = {"registeredModelId": query.get("parentResourceId")}
            return self._one("model_versions", "model versions", query, parent)
        if path == ["model_artifact"]:
            return self._one("artifacts", "model artifacts", query, {"parent": query.get("parentResourceId")})
        if len(path) == 3 and path[2] == "versions":
            return self._page(v for v in self._kept["model_versions"].values() if v["registeredModelId"] == path[1])
        if len(path) == 3 and path[2] == "artifacts":
            return self._page(a for a in self._kept["artifacts"].values() if a["parent"] == path[1])
        if len(path) == 2 and path[1] in self._kept.get(path[0], {}):
            return 200, self._kept[path[0]][path[1]]
        return 404, None

    def _post(self, path, _, body):
        if unknown := sorted(set(body) - KNOWN_FIELDS):
            return 400, {"code": "Bad Request", "message": f'json: unknown field "{unknown[0]}"'}
        if path == ["registered_models"]:
            return self._add("registered_models", "registered model", body, {})
        if path == ["model_versions"]:
            parent = {"registeredModelId": body.get("registeredModelId")}
            return self._add("model_versions", "model version", body, parent)
        if len(path) == 3 and path[2] == "versions":
            return self._add("model_versions", "model version", body, {"registeredModelId": path[1]})
        if len(path) == 3 and path[2] == "artifacts":
            return self._add("artifacts", "model artifact", body, {"parent": path[1]})
        return 404, None

    def _add(self, kind, word, body, parent):
        if not body.get("name"):
            return 422, {"code": "Bad Request", "message": "required field 'name' is zero value."}
        if self._find(kind, {"name": body["name"], **parent}):
            return 409, {"code": "Conflict", "message": f"{word} with name {body['name']} already exists: conflict"}
        self._last_id += 1
        moment = "1795519131206"
        state = "UNKNOWN" if kind == "artifacts" else "LIVE"
        added = {
            "createTimeSinceEpoch": moment,
            "customProperties": {},
            "lastUpdateTimeSinceEpoch": moment,
            "state": state,
            **body,
            **parent,
            "id": str(self._last_id),
        }
        self._kept[kind][added["id"]] = added
        return 201, added

    def _one(self, kind, words, query, parent):
        found = self._find(kind, {"name": query.get("name"), **{k: v for k, v in parent.items() if v}})
        if found:
            return 200, found
        between = f"parentResourceId={query['parentResourceId']}, " if "parentResourceId" in query else ""
        message = f"no {words} found for name={query.get('name')}, {between}externalId=: not found"
        return 404, {"code": "Not Found", "message": message}

    def _find(self, kind, wanted):
        matches = (item for item in self._kept[kind].values() if wanted.items() <= item.items())
        return next(matches, None)

    @staticmethod
    def _page(items):
        items = list(items)
        return 200, {"items": items, "nextPageToken": "", "pageSize": len(items), "size": len(items)}
