"""What a failure is called, and what to do about it: Chinese and English, one row a case.

Editors read these in the report and on the terminal, so a hint names a thing that a person can do.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class Say(NamedTuple):
    reason: str
    hint: str


WORDS: dict[str, tuple[Say, Say]] = {
    # --- before any connection -------------------------------------------------------------------------
    "bad address": (
        Say("地址无法使用：{url}", "请核对 feeds.yaml 中的地址，应以 http:// 或 https:// 开头"),
        Say("not an address that can be read: {url}", "check it; it must begin with http:// or https://"),
    ),
    "userinfo": (
        Say("地址中含有用户名或密码", "把账号从地址里去掉，在 feeds.yaml 里给这个来源写 headers，密钥放在环境变量里"),
        Say("the address has a user name or password in it", "take them out, and give the source headers in feeds.yaml, with the key in the environment"),
    ),
    "bad port": (
        Say("端口 {port} 不是网页端口", "如确为自己的服务器，请把 {host} 加入 network.allow_private"),
        Say("port {port} is not one that pages are served on", "for a server of your own, name {host} in network.allow_private"),
    ),
    "private": (
        Say("{host} 指向内网地址 {address}，已拒绝", "如确为自己的机器，请把 {host} 加入 network.allow_private；否则可能是 DNS 被污染，可设置代理"),
        Say("{host} leads to the private address {address}; refused", "for a machine of your own, name {host} in network.allow_private; else the DNS may be poisoned: set a proxy"),
    ),
    "fake ip": (
        Say("{host} 解析为 {address}，这是本机代理软件的 fake-ip", "请设置 network.proxy 指向该代理软件，或把 198.18.0.0/15 加入 network.allow_private"),
        Say("{host} resolves to {address}, a fake-ip of a proxy program on this machine", "set network.proxy to that program, or name 198.18.0.0/15 in network.allow_private"),
    ),
    "bad proxy": (
        Say("代理地址无法使用", "代理应写作 http://主机:端口；SOCKS 代理请改用其 HTTP 端口"),
        Say("the proxy's address cannot be used", "write it as http://host:port; for SOCKS use the program's HTTP port"),
    ),
    "robots forbids": (
        Say("robots.txt 不允许读取 {path}", "请换用该站允许的地址；只有自己的网站才设 robots: false"),
        Say("robots.txt forbids {path}", "use an address that the site allows; set robots: false only for a site of your own"),
    ),
    "robots unreadable": (
        Say("robots.txt 读不到（{why}），按 robots 规则跳过此站", "网站可能暂时有故障，下次会再试；只有自己的网站才设 robots: false"),
        Say("robots.txt could not be read ({why}), so the site is left alone", "it will be asked again next time; set robots: false only for a site of your own"),
    ),
    # --- the connection --------------------------------------------------------------------------------
    "dns": (
        Say("找不到主机 {host}", "请核对域名是否写错或已停用；若浏览器能打开，请检查本机 DNS 或代理"),
        Say("no host is known as {host}", "check the name; if a browser opens it, check this machine's DNS or proxy"),
    ),
    "refused": (
        Say("{host} 拒绝连接", "网站可能已关闭或端口有误；若持续多日请停用此来源"),
        Say("{host} refused the connection", "the site may be down or the port wrong; disable the source if it lasts"),
    ),
    "unreachable": (
        Say("无法连到 {host}：{why}", "请检查本机网络；境外网站可能需要代理（network.proxy）"),
        Say("{host} cannot be reached: {why}", "check this machine's network; some sites need a proxy (network.proxy)"),
    ),
    "reset": (
        Say("{host} 中断了连接", "已重试一次；若持续发生，网站可能屏蔽了本机，可设置代理"),
        Say("{host} broke the connection off", "it was tried again; if it lasts the site may block this machine: try a proxy"),
    ),
    "proxy unreachable": (
        Say("连不上代理 {proxy}", "请确认代理软件已启动，且 network.proxy 的端口无误"),
        Say("the proxy {proxy} cannot be reached", "check that it runs and that network.proxy has its port"),
    ),
    "proxy answered": (
        Say("代理 {proxy} 拒绝转发（{answer}）", "407 表示代理需要账号；其他请查看代理软件的日志"),
        Say("the proxy {proxy} would not pass it on ({answer})", "407: it wants a login; otherwise see its log"),
    ),
    "tls expired": (
        Say("{host} 的证书已过期或尚未生效", "请等网站更新证书，并核对本机时间"),
        Say("the certificate of {host} has expired or is not valid yet", "wait for the site to renew it; check this machine's clock"),
    ),
    "tls wrong host": (
        Say("证书不属于 {host}", "请核对域名（例如 www 前缀）；也可能是网络劫持"),
        Say("the certificate is not for {host}", "check the name (for example www.); someone may be in between"),
    ),
    "tls untrusted": (
        Say("{host} 的证书不受信任（{why}）", "网站可能是自签名或缺中间证书；若所有网站都如此，请为本机安装根证书"),
        Say("the certificate of {host} is not trusted ({why})", "it may be self-signed or lack its chain; if all sites fail, install root certificates here"),
    ),
    "tls": (
        Say("与 {host} 的加密连接失败（{why}）", "网站的 TLS 设置可能过旧，或 https 应写成 http"),
        Say("no secure connection to {host} ({why})", "the site's TLS may be too old, or https should be http"),
    ),
    # --- time ------------------------------------------------------------------------------------------
    "timeout connecting": (
        Say("连接 {host} 超时（{seconds} 秒）", "网站可能无法从此网络访问，可设置代理或加大 network.timeout"),
        Say("timed out connecting to {host} ({seconds} s)", "it may not be reachable from here: set a proxy, or raise network.timeout"),
    ),
    "timeout waiting": (
        Say("{host} 迟迟没有回应（{seconds} 秒）", "网站很慢；下次会再试，也可加大 network.timeout"),
        Say("{host} did not answer in time ({seconds} s)", "the site is slow; it is asked again next time; network.timeout can be raised"),
    ),
    "timeout reading": (
        Say("{host} 传得太慢，{seconds} 秒内没有传完", "下次会再试，也可加大 network.timeout"),
        Say("{host} sent too slowly to finish in {seconds} s", "it is asked again next time; network.timeout can be raised"),
    ),
    "deadline": (
        Say("抓取总时限（{seconds} 秒）已到，未读完", "下次会再试；来源很多时可加大 network.deadline"),
        Say("not there by the deadline for all fetching ({seconds} s)", "it is asked again next time; with many sources raise network.deadline"),
    ),
    # --- the answer ------------------------------------------------------------------------------------
    "too large": (
        Say("内容超过 {limit} MB，已停止读取", "请换用更小的订阅地址"),
        Say("more than {limit} MB; not read to its end", "use an address of a smaller feed"),
    ),
    "headers too large": (
        Say("{host} 的响应头过大", "网站回应异常，请在浏览器中查看该地址"),
        Say("the headers from {host} are too large", "the site misbehaves; look at the address in a browser"),
    ),
    "malformed": (
        Say("{host} 的回应不合 HTTP 规范（{why}）", "网站回应异常，请在浏览器中查看该地址"),
        Say("{host} did not answer in proper HTTP ({why})", "the site misbehaves; look at the address in a browser"),
    ),
    "cut short": (
        Say("{host} 的内容没有传完整", "下次会再试；若持续发生，请换用其他地址"),
        Say("what {host} sent was cut short", "it is asked again next time; if it lasts, use another address"),
    ),
    "garbled": (
        Say("{host} 的压缩内容无法解开（{why}）", "网站设置有误；若持续发生，请换用其他地址"),
        Say("the compressed answer of {host} cannot be unpacked ({why})", "the site is set up wrongly; if it lasts, use another address"),
    ),
    "empty": (
        Say("{host} 返回了空文档", "网站可能暂时有故障，或在拦截程序访问"),
        Say("empty document from {host}", "the site may have a fault, or keep programs out"),
    ),
    "redirects": (
        Say("转址超过 {limit} 次", "请在浏览器中打开，把最后的地址写入 feeds.yaml"),
        Say("more than {limit} redirects", "open it in a browser and put the last address into feeds.yaml"),
    ),
    "redirect loop": (
        Say("转址绕回了原处", "网站可能要求登录或 Cookie；请换用其他地址"),
        Say("the redirects go round in a circle", "the site may want a login or cookies; use another address"),
    ),
    "redirect nowhere": (
        Say("转址（{status}）没有可用的去处", "请在浏览器中打开，核对正确的地址"),
        Say("a redirect ({status}) that leads nowhere", "open it in a browser to find the right address"),
    ),
    "status 401": (
        Say("网站要求登录（{status}）", "请换用公开的订阅地址"),
        Say("the site wants a login ({status})", "use a public address of the feed"),
    ),
    "status 403": (
        Say("网站要求登录或浏览器验证（{status}）", "请换用公开的订阅地址，或通过 RSSHub 读取"),
        Say("the site wants a login or a browser check ({status})", "use a public address of the feed, or read it by RSSHub"),
    ),
    "status 404": (
        Say("地址不存在（{status}）", "网站可能改版；用 curate sources add 重新寻找订阅地址"),
        Say("nothing at this address ({status})", "the site may have moved it; find it again with curate sources add"),
    ),
    "status 410": (
        Say("网站说此地址已永久撤下（{status}）", "请停用或更换此来源"),
        Say("the site says that this is gone for good ({status})", "disable or replace the source"),
    ),
    "status 429": (
        Say("网站说请求太多（{status}）{later}", "请降低抓取频率，下次会再试"),
        Say("the site says that we ask too often ({status}){later}", "fetch less often; it is asked again next time"),
    ),
    "status 4xx": (
        Say("网站拒绝了请求（{status}）", "请在浏览器中核对该地址"),
        Say("the site refused the request ({status})", "look at the address in a browser"),
    ),
    "status 5xx": (
        Say("网站自身出错（{status}）{later}", "通常会自行恢复，下次会再试"),
        Say("the site has a fault of its own ({status}){later}", "it usually passes; it is asked again next time"),
    ),
    "status": (
        Say("网站的回应无法使用（{status}）", "请在浏览器中核对该地址"),
        Say("the site gave an answer of no use ({status})", "look at the address in a browser"),
    ),
    # --- this machine ----------------------------------------------------------------------------------
    "too many files": (
        Say("本机打开的连接过多", "请降低 network.concurrency，或提高系统的文件数上限（ulimit -n）"),
        Say("this machine has too many connections open", "lower network.concurrency, or raise the limit of open files (ulimit -n)"),
    ),
    "no folder": (
        Say("找不到文件夹 {folder}", "请建立该文件夹，或修改 feeds.yaml 中的 folder"),
        Say("there is no folder {folder}", "make it, or change folder in feeds.yaml"),
    ),
    "no permission": (
        Say("无法读取 {path}：{why}", "请检查文件权限"),
        Say("{path} cannot be read: {why}", "check the permissions of the file"),
    ),
    "later": (Say("，{seconds} 秒后才可再来", ""), Say(", and to come back in {seconds} s", "")),
}  # fmt: skip


def say(key: str, language: Literal["zh", "en"], **details: object) -> Say:
    """The row `key` in `language`, with `details` put in."""
    row = WORDS[key][0 if language == "zh" else 1]
    return Say(row.reason.format(**details), row.hint.format(**details))
