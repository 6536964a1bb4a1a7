# JSON from module web.
import sys

import web

app = web.App()


@app.get("/json")
async def json(request):
    return {"sensor": "greenhouse", "values": [21.5, 48.25, 1013.2], "ok": True}


web.run(app, port=int(sys.argv[1]))
