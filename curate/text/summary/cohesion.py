"""What a sentence needs beside itself to be understood: the one before it, or what it promises.

Cohesion (Halliday and Hasan, "Cohesion in English", 1976): conjunctions, demonstratives and pronouns whose nouns
stand elsewhere. A summary must not begin with them where that was left out.
"""

from __future__ import annotations

import re

from curate.text.scripts import simplify_text

# What leans on the sentence before it, and reads badly without.
_LEANS = re.compile(
    r"[“「\"]?(?:首先|其次|再次|顺带|顺便|话说回来|第[一二三四五六七八九]|但|而|因此|所以|于是|此外|另外|另一|同时|不过|其中|对此|对于此|为此|然而|并且|并|可以看到|可见|据此|与此|除此|从此|由此|至此|如此|此后|此时|此前|此举|此番|此次|从那|自那|那"
    r"|他|她|它|其|该|上述|以上|如上|前者|后者|随后|之后|后来|然后|接着|接下来|紧接着|最后|最终|当时|彼时|同年|同日|同样|相反|反之|反而|反观|再[^次]|又|也|还|更|甚至|尤其|特别是|例如|比如|譬如|即便|否则|除了"
    r"|换句话说|换言之|也就是说|总之|总的来说|综上|总而言之|一方面|另一方面|事实上|实际上|其实|当然|毕竟|显然|果然|果不其然|可是|只是|只不过|尽管如此|虽然如此|结果|到这|没错|是的|答案|意思是|顾名思义|具体(?:来说|而言|来看|地说)|简单(?:来说|地?说|讲)|说白了|不仅如此|与之|相比之下|相较之下|更(?:重要|关键)的是|值得(?:一提|注意|关注)的是|有(?:意思|趣)的是|正因|正是因为|除去|剩下的|其余|的确|确实|至于|反正|好在|可惜|幸好|遗憾的是|究其原因|原因(?:是|在于)|就这样|这时"
    r"|[^，。：]{1,8}，(?:他|她|它)|[^，。：]{0,8}(?:这(?![一两几]?[天周月年日季场次])|上述|那[个种些样])|[^，。：]{0,4}此(?![前后外次生刻间类]))"
    r"|[“\"'(]?(?:first(?=,| (?:start|of all|we|you|i|let))|firstly|secondly|second,|third,|next,|but|and|or|so|because|however|he|she|it|they|them|these|those|that|his|her|hers|their|theirs|its|then|also|too|meanwhile|moreover|furthermore|therefore|thus|hence|instead"
    r"|similarly|consequently|additionally|besides|nevertheless|nonetheless|still|yet|otherwise|likewise|finally|later|afterwards?|such|both|neither|another|for (?:example|instance|this|that)"
    r"|in (?:addition|other words|contrast|turn|fact|short|that|this case)|as (?:a result|such|well)|on the (?:other hand|contrary)|after (?:that|this)|since then|at (?:that|the) (?:time|same)|of course|indeed|anyway"
    r"|(?:in|at|on|by|for|with|to) the same|aber|doch|dann|denn|deshalb|daher|außerdem|dabei|dazu|diese[rsmn]?|mais|donc|cependant|cela|pero|sin embargo|además|the (?:former|latter|same|other|result|answer|idea|reason)|yes|no|well|ok(?:ay)?|sure|either way|here|there it|that's|it's|he's|she's|they're|again|even so|(?:i|we|you) (?:\w+ ){1,2}(?:them|it)|(?:\w[\w'’]*,? ){1,7}(?:this|these|those) (?!week|month|year|morning|evening|weekend|summer|spring|autumn|fall|winter|season|post|article|paper|book|study|is\b|was\b)\w+|(?:i|we) (?:then|also)|as you(?:'ve| have)? (?:can see|guessed|may|might|know)|there (?:are|is|were|was) (?:\w+ ){0,4}(?:other|another|more|further)|for (?:myself|me), it|rather|perhaps|maybe|plus|again|actually|oh|turns out|it turns out|specifically|in particular|best of all|worst of all|along the way|to start things off|elsewhere,|in either case|in any case|there is an additional|the rest of (?:the|it|that)\b|with all (?:of )?(?:that|this|these|those)|looking back,|after all,|in the case of|for (?:us|me|him|her|them),|the (?:second|third|fourth|latter|former) \w+(?: \w+)? (?:is|was|are|were)|the \w+ then (?:\w+ed|made|took|went|became|found|got)"
    r"|(?:in|at|for|with|on|by|from|after|to|under|of|like|despite|given|all|one of|some of|most of|because of) (?:these|those|that|this(?! (?:week|month|year|morning|weekend|summer|spring|autumn|fall|winter|season|post|article|paper)\b)|them|it)|this(?! (?:week|month|year|morning|weekend|summer|spring|autumn|fall|winter|season|paper|study|article|thesis|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b))\b",
    re.IGNORECASE,
)
# What goes back to something outside its first clause: 把它…, 刚才设置的…, as we can see, a chunk of it …
_REFERS = re.compile(
    r"(?:[\w'’-]+ ){0,3}(?:on|in|at|from|with|of|by|for|to|after|before|about) that (?!(?:is|was|are|were|has|had|will|would|can|the|an?|of|time|he|she|it|they|we|you|i|there|day|night|year|week|month|in|his|her|their|its|my|our|your|all|no|some|many|one|when|if)\b)[a-z]+\b(?! (?:is|are|was|were|has|have|can|will|would)\b)|"
    r"[^，。：]{0,8}(?:把|将|给|对|让|使|为|用|和|与|跟|从|向)(?:它|他|她)"
    r"|[^，。：]{0,12}(?:刚才[^，。]{0,6}的|[上前][面文](?:的|所|已|我们|提到|说过?|讲过?|介绍)|[上下][图表](?:中|里|是|为|所|可)|如[上下]?图|见[上下]图)"
    r"|[^，。：]{1,6}(?<![谁再都什么一])(?:也|还(?![原款债给清贷]))"
    r"|[^。]{0,20}[上下][图表]所示"
    r"|[^。]{0,20}(?:包括|使用|通过|根据|按|由)此(?![前后外次生刻间类时起])"
    r"|[“\"'(]?(?:by the way|btw|for now\b|more (?:generally|specifically|importantly|precisely|broadly),|as an aside|incidentally|speaking of|that said|having said|with that,|note that|like i said|to th(?:at|is) end"
    r"|as for\b|as (?:previously|earlier|already|just|briefly|i) (?:shown|seen|mentioned|noted|discussed|described|explained|stated|said|wrote)\b"
    r"|as (?:shown|seen|touched|mentioned|noted|discussed|described|explained|stated|promised|expected|always|usual|before)\b"
    r"|as (?:we|i|you|one)(?:(?:'|’)ve| have| can| could| may| might| already| just)* (?:see|saw|seen|said|mentioned|noted|noticed|discussed|wrote)\b"
    r"|the (?:first|second|third|other|last|latter|former)(?: one)? (?:was|is|were|are)\b|first up\b"
    r"|(?:check out|see|read|watch|listen to|look at) (?:their|his|her|its|these|those)\b"
    r"|now,? (?:i(?:'|’)d|i would|let)\b|\w+ing(?: \w+){0,2}, (?:it|that|this)\b|(?:\w[\w'’]* ){1,5}also\b|the (?:first|second|third|next|last|final) (?:principle|reason|step|thing|point|problem|option|part|approach|method|rule|question|issue|section|chapter|example|way|challenge|aspect|factor|type|category|one)\b"
    r"|(?:\w[\w'’]* ){1,6}(?:of|for|about|with|on|in|to|from|like|behind|by) (?:it|them|him|this|that|these|those)"
    r"(?=[,.;:!?]| (?:is|are|was|were|has|have|had|will|would|can|could|may|consists?|comes?|came|means?|meant|makes?|made)\b))",
    re.IGNORECASE,
)
# The same in other languages: what answers to the sentence before it, by conjunctions and by pronouns at its head.
_LEANS_ELSEWHERE = re.compile(
    r"(?:но|однако|кроме того|при этом|поэтому|также|тогда|затем|причём|причем|зато|впрочем|итак|об этом|по (?:его|её|ее|их) словам|он|она|они|оно|это|этот|эта|эти|тот|те"
    r"|ma|però|inoltre|tuttavia|quindi|invece|infatti|anche|questo|questa|questi|queste|quest['’]\w+|secondo (?:lui|lei|loro)|lo stesso"
    r"|también|entonces|por (?:eso|ello|otro lado|lo tanto)|según (?:él|ella|ellos)|esto|esta|este|estos|estas|eso|él|ella|ellos"
    r"|ils?|elles?|ceci|cette|ces|ce|celui-ci|celle-ci|selon (?:lui|elle|eux)|en effet|par ailleurs|ainsi|de plus|en revanche"
    r"|mas|porém|entretanto|além disso|também|então|ele|ela|eles|elas|isso|isto|esse|essa|segundo ele"
    r"|er|sie|es|ihm|ihr|ihnen|damit|dafür|dazu|zudem|jedoch|allerdings|auch|dies|dort|seitdem|danach|trotzdem)\b",
    re.IGNORECASE,
)
# What counts off the points of a list: 首先，…, Second, …
_COUNTS_OFF = re.compile(
    r"[“「\"]?(?:首先|其次|再次|再者|最后|第[一二三四五六七八九十][，,、：:]|其[一二三四五六][，,、：:]|[一二三四五六]是|一来|一则)"
    r"|[“\"'(]?(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth|lastly|last(?: but not least)?|next|finally|first of all|to (?:begin|start) with|for (?:one|starters)),",
    re.IGNORECASE,
)
# Of those, what leans on the title where that was the sentence before.
_NAMES_ITS_SUBJECT = re.compile(
    r"[“「\"]?(?:他|她|它|其|该)|(?:he|she|it|they|his|her|its|their)\b", re.IGNORECASE
)
# What goes back to another piece of its author's, or to a part of this one: In my last post …, 上一节课我们讲了…
_PIECE_EN = r"(?:posts?|articles?|entry|entries|inst?all?ments?|lessons?|lectures?|newsletters?|tutorials?|diary|blogs?)\b(?! on [A-Z])"
_OWN_PIECE_EN = r"(?:episodes?|parts?|chapters?|videos?|columns?|sections?|essays?)\b"
_EARLIER_EN = r"(?:last|previous|prior|earlier|preceding|former|past|other|older|first|second|third)"
_PIECE_ZH = (
    r"(?:篇(?!是)|节课?(?=[^，。]{0,3}[我课中里讲])|[讲章](?=[^，。]{0,4}[我课中里讲说])|堂课|一?期(?=节目|文章|视频|里|中|我|讲|说|介绍)"
    r"|[次回](?=[^，。]{0,2}(?:我们[讲说聊]|文章|的?课))|[几个]?大?(?:部分(?!别)|模块|小节|章节|文章))"
)
_RECALLS = re.compile(
    rf"(?:\S+ ){{0,7}}?(?:my|our|this|that|(?:in|of|from|since|to|on|while|following|after)(?: the| an?| some)?) (?:\w+ )?{_EARLIER_EN} (?:\w+ ){{0,2}}{_PIECE_EN}"
    rf"|(?:\S+ ){{0,6}}?(?:my|our) {_EARLIER_EN} (?:\w+ ){{0,2}}{_OWN_PIECE_EN}"
    rf"|an? {_EARLIER_EN} {_PIECE_EN}"
    r"|(?:\S+ ){0,6}?(?:parts?|posts?|articles?|inst?all?ments?) (?:(?:\d+|[IVX]+|one|two|three|four) )?(?:of|in) (?:this|my|our) (?:\w+ )?series\b"
    r"|(?:\S+ ){0,4}?(?:i|we)(?: have|['’]ve)?(?: already| previously| recently| once)? (?:wrote|written|blogged|posted) (?:\w+ ){0,4}(?:about|on|how|why)\b(?! (?:an?|one|two|three|half|\d)\b)"
    r"|in part (?:\d+|[ivx]+|one|two|three|four),? (?:i|we)\b|(?:\S+ ){0,4}?(?:my|our) (?:\w+ )?blog (?:entry|post)\b"
    r"|when (?:i|we) last\b|(?:where|when) (?:i|we) left off\b|last time,? (?:i|we)\b"
    rf"|[^。，]{{0,6}}[上前](?:一|[几两]|面几?|面?[三四五六])?{_PIECE_ZH}"
    r"|[^。，]{0,24}那(?:节课|一?篇|一?讲|一?期)[^。，]{0,6}(?:讲|说|聊|介绍)到?过的?",
    re.IGNORECASE,
)
# What stands before the main clause of a sentence.
_CLAUSE_FIRST = re.compile(
    r"[“\"'‘]?(?:(?:right |just |only |not )?(?:when|while|whether|if|as|after|before|since|because|although|though|once|until|unless|even|despite|without|with|in|on|at|by|for"
    r"|from|to|during|under|amid|among|like|unlike|given|following|instead|apart|according|having|\w+ing)\b"
    r"|(?:als|wenn|weil|obwohl|nachdem|seit|während|mit|bei|nach|in|im|am|depuis|quand|si|après|avec|pour|dans|en|desde|cuando|tras|con|para|dopo|quando|per)\b"
    r"|当|在|如果|虽然|尽管|由于|因为|随着|为了|对于|关于|通过|根据|按照|经过|作为|自从|除了|面对|与其|就在|为)",
    re.IGNORECASE,
)
_REPLY = re.compile(
    r"(?:^|[•·|»›:：]\s)\s*(?:(?:re|aw|sv)\s*[:：]\s|(?:回复|回覆|答复)\s*[:：])", re.IGNORECASE
)
_PROMISES = re.compile(
    r"[:：][”’」』\"']*$|(?:如下|以下|as follows|the following)[：:。.]?$|[见列](?:在|于)?(?:下[文面方]|文末|后文)。?$"
    r"|\b(?:listed|shown|given|described|summari[sz]ed|linked|outlined|found|detailed|see|read on|embedded) (?:here |right )?below[.:!]?$",
    re.IGNORECASE,
)


# Somebody whom no name stands before: In a novel of 1971, she describes …
_UNNAMED = re.compile(
    r"[“\"'(]?[A-Z]?[^A-Z.!?“”\"]*?(?<!he or )(?<!him or )\b(?:he|she|him|her|his|hers)\b(?! or\b)"
)
_ANTECEDENT = re.compile(
    r"\b(?:man|woman|boy|girl|friend|mother|father|wife|husband|son|daughter|brother|sister|who|whom|one|someone|anyone|everyone|nobody|person|child|baby|\w+(?:er|or|ist|ian|ant|ent|man|eur))\b"
)


def leans(sentence: str) -> bool:
    """Whether a sentence goes on from the one before it: 然而…, As we can see…, A chunk of it…"""
    folded = simplify_text(sentence)
    return bool(_LEANS.match(folded) or _REFERS.match(folded) or _LEANS_ELSEWHERE.match(folded))


def lacks_antecedent(sentence: str) -> bool:
    """Whether a sentence speaks of him or her before it says of whom: In a novel of 1971, she describes …"""
    found = _UNNAMED.match(sentence)
    return found is not None and not _ANTECEDENT.search(found[0])


def counts_off(sentence: str) -> bool:
    """Whether a sentence is a point of a list, whose other points stand after it: 首先，…"""
    return bool(_COUNTS_OFF.match(simplify_text(sentence)))


def names_its_subject(sentence: str) -> bool:
    """Whether all that such a sentence lacks is a noun that its title may give: 他在旧市场摆了二十二年。"""
    return bool(_NAMES_ITS_SUBJECT.match(simplify_text(sentence)))


def recalls(sentence: str) -> bool:
    """Whether a sentence goes back to another piece of its author's: In my last post, I showed …"""
    return bool(_RECALLS.match(simplify_text(sentence)))


def opens_with_clause(sentence: str) -> bool:
    """Whether a sentence does not begin with its main clause: 随着…，… Without any reason for …, …"""
    return bool(_CLAUSE_FIRST.match(simplify_text(sentence)))


def promises(sentence: str) -> bool:
    """Whether what a sentence announces stands after it: …如下：, … the following:"""
    return bool(_PROMISES.search(sentence))


def answers(title: str) -> bool:
    """Whether a title is that of a reply in a forum or by mail, whose text goes on from somebody else's: Re: …"""
    return bool(_REPLY.search(title))
