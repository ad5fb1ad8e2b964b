"""One form for the two Chinese scripts, for grammars that read both."""

from __future__ import annotations

# Characters of the words that grammars name: traditional, simplified.
_PAIRS = (
    "電电 訊讯 報报 導导 獲获 記记 編编 輯辑 綜综 專专 網网 臺台 時时 財财 經经 聞闻 點点 當当 間间 圖图 攝摄 來来 轉转 發发 話话 據据 讀读 貼贴 學学 號号 "
    "獨独 權权 歸归 聯联 繫系 長长 張张 內内 說说 題题 與与 於于 場场 訂订 閱阅 註注 冊册 會会 員员 費费 購购 買买 後后 試试 餘余 實实 體体 驗验 鍵键 標标 籤签 "
    "評评 論论 讚赞 錄录 這这 從从 過过 開开 個个 們们 聽听 幫帮 歡欢 請请 複复 製制 責责 僅仅 參参 觀观 顧顾 問问 為为 對对 裡里 裏里 處处 連连 結结 擊击 "
    "關关 讓让 帶带 該该 無无 譯译 繪绘 視视 頻频 資资 類类 總总 續续 鎖锁 將将 載载 聲声 錯错 別别 識识 碼码 掃扫 廣广 贊赞 業业 務务 絡络 郵邮 採采 訪访 寫写 "
    "國国 華华 灣湾 麼么 嗎吗 樣样 還还 沒没 給给 幾几 兩两 現现 進进 週周 動动 數数 億亿 書书 種种 見见 聊聊 簡简 單单 應应 許许 變变 誰谁 邊边 頭头 紹绍 "
    "隨随 著着 雖虽 卻却 並并 須须 條条 則则 當当 僅仅 認认 證证 護护 註注 釋释 備备 謝谢 紅红 雙双 側侧 選选 擇择 劃划 約约 達达 長长 擔担 擬拟 續续"
)
_TABLE = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})


def simplified(text: str) -> str:
    """The text with the traditional characters that grammars name in their simplified form, as long as before."""
    return text if text.isascii() else text.translate(_TABLE)
