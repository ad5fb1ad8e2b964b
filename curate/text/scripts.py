"""One form for the two Chinese scripts, for grammars and tables of words that read both."""

from __future__ import annotations

# Characters of the words that such grammars and tables name: traditional, simplified.
_PAIRS = (
    "並并 佈布 佔占 來来 個个 們们 側侧 備备 傳传 僅仅 億亿 優优 儲储 內内 兩两 冊册 別别 刪删 則则 創创 劃划 動动 務务 區区 協协 卻却 參参 員员 問问 啟启 單单 嗎吗 嘗尝 國国 圖图 報报 "
    "場场 塊块 壞坏 學学 實实 審审 寫写 將将 專专 對对 導导 帐账 帳账 帶带 幫帮 幾几 廣广 張张 彈弹 後后 從从 應应 戶户 掃扫 採采 擁拥 擇择 擊击 擋挡 擔担 據据 擠挤 擬拟 攔拦 攝摄 數数 "
    "斷断 於于 時时 書书 會会 東东 條条 業业 標标 樣样 機机 檔档 檢检 欄栏 權权 歡欢 歸归 沒没 測测 瀏浏 灣湾 為为 無无 獨独 獲获 現现 環环 異异 當当 發发 碼码 種种 簡简 籤签 約约 紅红 "
    "級级 紹绍 結结 絕绝 絡络 給给 統统 經经 綜综 維维 網网 線线 編编 總总 繪绘 繫系 繼继 續续 聞闻 聯联 聲声 聽听 腳脚 臺台 與与 華华 著着 處处 號号 裏里 裡里 製制 複复 見见 規规 視视 "
    "覽览 觀观 觸触 訂订 訊讯 記记 訪访 許许 註注 評评 試试 話话 該该 誌志 認认 誤误 說说 誰谁 請请 論论 謝谢 證证 識识 譯译 議议 護护 讀读 變变 讓让 讚赞 財财 責责 買买 費费 貼贴 資资 "
    "賬账 購购 贊赞 軟软 載载 輕轻 輯辑 輸输 轉转 這这 連连 週周 進进 過过 達达 違违 遷迁 選选 還还 邊边 郵邮 釋释 錄录 錯错 鍵键 鎖锁 鏈链 長长 閉闭 開开 間间 閱阅 關关 隨随 隱隐 雖虽 "
    "雙双 電电 韓韩 響响 頁页 頂顶 須须 頭头 頻频 題题 類类 顧顾 顯显 餘余 驗验 體体 麼么 點点 "
)
_TABLE = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})


def simplified(text: str) -> str:
    """The text, as long as before, with the traditional characters that grammars name in their simplified form."""
    return text if text.isascii() else text.translate(_TABLE)
