"""Weights of the model of leads; `bench/lead_model.py --write` writes this file."""

from __future__ import annotations

INTERCEPT = -0.5434

# What each measure of the form adds to the log-odds that a lead is struck.
FORM_WEIGHTS = {
    "is Chinese": 0.2797,
    "length": -0.3946,
    "is short": 1.7802,
    "length of the first sentence": -0.2338,
    "sentences": 0.0821,
    "begins with a connective": 1.2590,
    "goes on with a connective": -0.0176,
    "recalls another piece": 2.7250,
    "begins with a clause": 0.1954,
    "begins with the first person": -0.1803,
    "begins with the second person": 0.2576,
    "begins with a third person": 0.6666,
    "bids": 0.8034,
    "first person": 0.3221,
    "second person": 1.0257,
    "third person": 0.2539,
    "points": 0.4107,
    "of texts": 0.7179,
    "exclaims": 1.2231,
    "asks": 0.9057,
    "asks at first": 0.2292,
    "dashes": 1.0641,
    "brackets": 0.4787,
    "quotes": -0.3864,
    "begins with a quotation": -0.1420,
    "colons": 0.6489,
    "commas": -0.0707,
    "marks": 5.1232,
    "digits": -0.4993,
    "is cut": 0.9840,
    "Latin letters in Chinese": -0.2044,
    "capitals": 0.1149,
    "names": -0.0656,
    "past": -0.1405,
    "function words": 0.0974,
    "place": 0.1121,
    "not the beginning": 0.4965,
    "inside a paragraph": 1.1339,
    "length of the text": -0.0081,
}

# The same for each dimension of the vector: half floats, base 85.
VECTOR = "HL@=@J+y(e5;P<@A~`lNG`mABx~=s%fHnTFGN`3E<g`pQY&3v0m$gwe6tIamM=?V<sx5Z2UA%!b2sp#9xvi?TU@+mhmbFv387=#<madjLCAFzKHn*rDG`g)W!Za+og*2hF)3Ss*!!xftXfy{kYcCTvdayn+O{{1(oj5|ZBCnM+COC*I&$a?ATCR0C)3D1kc&}Qzh_b*qVzkjNKCy_kA~5c-QnSjmIk*El2Dlct{kN{G7ceI{x4HYdQmNZ73b<>v>pAE)Y^wgM)TG!qnz5L;<F#irOf=~*!8Ic_FS2Q~PB1~R%&|f_g}EL%4YZ)M>LkWA!ZE)z(zx@sWHqZWu%Jdarm^%n=DSxZWHGq1uQ&}O>9`rRCo$Np-Z9vcdbNkFX&~viHmDh}3^6ydh^G2E87+%7D>oD>k}I_|Gqb*}sWp>0PBS{N9W=Zz?y^s~d9FIL>o2gdxismtf-~r^A+RGg=CFt=xH`P3?IM4$wY1!|{x!(8d@p9X$h8Bk;J99~W-cNq;kE*}m%17$F1TvA-8b+zF1WTjF*LRyEiS;3Juaa+0klsv&MK8Lx;Im{7Pzyr6*gTjv@)zZdaOz$ps%Yqz^S1&CN|G9WHTnVHoVt3I=Vu%VYZ1eXfd;|<S;%i!8*>kAg~xW8#u2lj5mEaT)5qr)u<`D<uA;(th9cyZM1qb{xOcQUpA<$t+wy9i7I(9mO3}4MzV@6@H#m+t}&}IvaUQcT_&V8D>rN{WVa<a=dr3cR<dL@q%c1)c(MaFL$2ejGBy1+47QB5i7jukcemUzYc?@9tucQ&ZZn%PJi3Q32(}osM>8U^dpW;2o3xoMhq1D=>$nfJ)i}I35xC<tx;nQsK`L!B#i)3>8Z}+D05?f9FSBy6>M$3pQ?Pt7$gmf*le9}PSuW@~ayCFTwlKrC_qUa@-MD|LRJrh_11QO~4Kivrr8E;b;I+#$4>WqR>m{PL2&gwSpRSOymbJ4nOsA@?Ot%`j^|6DmLO4{k`LhVPxHwWYu(Q3lN;2cE{InRf8n`Mo$+I#of4J-=HLDXefv`BVs<9fh8@)udJg~a9IyB`h^Cz>j7q!2+|FPpV1h}HMXRx|5b}Zd7Ix=G{T`1tNYc*&xO|{=3)H04ZlBS$ByDZo?7bw6sgD=%9x3Y$}xipcshO$u@B{+~V?>AnvGqJO@B(+jCVL8b)k2U77u&vj+)wL9^O*|Yl;k3u6FEf`qPcZSiS2#T^j4-610<|BwEGdGsY_vePrZkkPy0(C@$gFpWKC#NKnx%L$Br#y3b}_WJB(L(eWTtAk&M=KT"
