"""Weights of the model of leads; `bench/lead_model.py --write` writes this file."""

from __future__ import annotations

INTERCEPT = 0.3080

# What each measure of the form adds to the log-odds that a lead is struck.
FORM_WEIGHTS = {
    "is Chinese": 0.2081,
    "length": -0.4535,
    "is short": 1.4093,
    "length of the first sentence": -0.3248,
    "sentences": 0.1077,
    "begins with a connective": 0.9435,
    "goes on with a connective": -0.1599,
    "begins with a clause": 0.2910,
    "begins with the first person": -0.0914,
    "begins with the second person": 0.2908,
    "begins with a third person": 0.5064,
    "bids": 0.7838,
    "first person": 0.1644,
    "second person": 0.8743,
    "third person": 0.2482,
    "points": 0.3478,
    "of texts": 0.7678,
    "exclaims": 1.1161,
    "asks": 0.6493,
    "asks at first": 0.3231,
    "dashes": 0.4316,
    "brackets": 0.5167,
    "quotes": -0.3282,
    "begins with a quotation": 0.0956,
    "colons": 0.9900,
    "commas": -0.1302,
    "marks": 5.1486,
    "digits": 0.9804,
    "is cut": 0.9582,
    "Latin letters in Chinese": -0.9443,
    "capitals": 0.1098,
    "names": -0.0245,
    "past": -0.1018,
    "function words": 0.0933,
    "place": 0.0595,
    "not the beginning": 0.4805,
    "inside a paragraph": 1.0442,
    "length of the text": -0.0206,
}

# The same for each dimension of the vector: half floats, base 85.
VECTOR = "I<)RL{<9{u3plbhVL3)Exw#0dGO_(M0yvDc=dpJ=M6g9Qp)uAqj<o(Rwjhx=$uPDy(Wq;z%(~SvYc#B|Bs4^_)iMOP!?o|WaijXQzOZ>Xm9H>7<hMhyX1U)mT{ZQ#4>p^$EvRTZW;ZE1o;6)HFRnB$_^;0^9xrP%=sA10sjx0Kc{Ot_*|_enqqHbC7_&a3dLQ4lkg`WO;Il@uKCO$ifhZZYyshfAgSIy~!nb?2NwpI(LNF^ef488y^)!txqqzIDGdQ9)POmpB94+iPA+)WzaHotkH7-yZZZuCdVYM*0cO=0yx~||jn70)=B(B>jB`d}-7p$i?J+bGtjy35tN3RJpES`TlpSy7^WHi0812?~|F}LWjcrk~xFf;!p@3YgV>Z=yF+Nf2vH!aAk^DK2Z?yFv@G&t@mf368OsIm?*Ix|Z+5im)z$uzz(;I(<UezSG6i!kai{xGMp2Q#&=%dmJfTpy}1EjFSqku8L=1GZwYc{mQXp)Ah0;I)XV?YA(h1FVg!Hn?cE(7GNnQMjD8xHgzL4!CYOe>7|)SgwdOkuF_1>#+hc@3ZnXTrm8$j<%DuPBhIl-Y9Q5(yI<FS0CXw0<r-#2Q+Cg>oV1`IlGcH)VFiAX1JuF{wGneRIErar8<zfdap1sJ2~<!$~Yf4>9kZW3bgpSDKuENRj{|R6SyEWW-|M*VK_Ijny|mEjIhTv9ykE9{kLf*?>Ub*1vbey87^cp;xdFS9ype&QLxWA&9t90nzr>cm^EE6d8|h^UN984-!t|!1GGi4i?4yOFt#f+8Z-$q&Mad(%{3Y>7`x=7LbGeMb0p&{`Zq8*7q+Y^-m`hIWwxibIX9U&L9_xg$~de!BQJHS&nO+YQZyR0eKkBZK(;Wf<}od_Oe`}l-msssG_xnP(=A;&P&Hbll&Ouk61XL<+q8o)jJJ&=MzBY%uqk6U;We@_^t47bcQm}Q^Q?@u_OVtk;VdJvptxW$o;0i}cDUfU+^zGr+%-tH_p3&-#yR6L<*;$MHL{ko^|fxTue7W*E3_-Hi@07ZF0Y|57q6JLbTSgOfV`)#7p^*(BPbp*#-SCo7`1P?C$IuA3baqH?yRdcEU7>*^fiAijIoEW4>v0-@+sY*UNV(A!K^|wdMIHt9IuTui!f5IF}NkTG&W+l!5>4YIXGf4Ejm54_AkJ;0Ih{JkvT>+{WQU_MYfu{*|=G+WILfV>9U<LCOB0#$~LjNk2a99o2@dhQm%KkaxAy2!?qZ>JTj}W>$Z5Z^&{4-yBl(`)3QY}(4(~<<S5Lx4J;|Mv!GzNZZg6-"
