"""Weights of the advert model; `bench/advert_model.py --write` writes this file."""

from __future__ import annotations

# Log-odds of a piece by itself; what they and those of its source's other pieces weigh; the usual share.
INTERCEPT = -3.7823
SLOPE = 1.4364
SOURCE = 1.7401
SHIFT = 4.5134
USUAL = 0.0948

# What each hint adds to the log-odds.
HINTS = {
    "a call to join": 3.137,
    "a call to sign up": 1.173,
    "a course for sale": 3.374,
    "a lure into a group": 1.771,
    "a notice of a meeting": 4.057,
    "a price offer": 1.009,
    "a sale": 2.490,
    "a shopping festival": 0.812,
    "a show and its tickets": 3.944,
    "accounts to follow": 2.899,
    "an invitation to an event": 5.265,
    "an invitation to buy": 1.790,
    "business promotion": 3.374,
    "coupons": 0.956,
    "courses and papers": 4.410,
    "gifts for readers": 4.379,
    "giveaways": 1.646,
    "giveaways or stock tips": 3.374,
    "goods for sale": 4.696,
    "jobs": 3.705,
    "labelled as promotion": 3.964,
    "loans or lotteries": 3.656,
    "property": 3.805,
    "reporting": -1.357,
    "stays and journeys": 1.150,
    "stock tips or easy money": 0.918,
    "ways to easy money": 3.355,
}

# The same for each dimension of the vector: half floats, base 85.
VECTOR = "eY*HGy0vLGr@V+f=&VONZotwwRVzrTkg_x^HaKH3fvZQaI6VfnKsA1>`Z2b$moV8ef}9MvEw}SBQ90nUE;R!<v$658uq2r>9k_cr<v9kup12&eMK+>2_c{rpUp%ljEjW@ms3F&=>$I^xI36mn2d#FZ+pvu~fG#C80k6xq^|olLO*LaI;kRHhuQFh`2QJ_>=A<7mQ8TW(+^H_P1FS>8bh)m)a5=8E@j0C~&bN3t-L<*0fHXw9#klvlZo7s#Lo{NyDKLsIrJy{!8nlu;hOyD9WHRe6D?Oky5itX{RJE|T<U24l%PA1E&N*?o$u6F~?zUYlki1eTm@#at0lw0^g|Qbnc&t)53AIAKJ~UQ4wlWDgg}G%hPPAFMs4zgceXhc~{=6@@O15t)0yJK>zOj6>LOlPlaJOi-KP-7HOS;y(bhzBK@G<;1U#t4F^17_JFe-vK2DSCPd$g@EZnb?ihpU1g=dxk7p`<-K@T=c8EjWfZpS88K-8>mIZMO3|hB$6AgSs%fxx4DFK{<#wq_8@+8MO|$H@g=!J1~G5BQT~kpf3HihcIQe__Q;*1-MBykTwarKC;KP2RJ6D{W=q=(K4DnU^s#<m^p(u3NP+0nK^2$U$A?$w>W*S8@RbPL^lvNq%|nBw=X)jaJW&pDmX*8M45gw*f?#wmNfr1m8=)4pgA`*7b(FsLNrdfrZ6t9GPlh%v^ztuq%gcW-?R0&E-Rrggfjm){IZfRF|htHJFc9#PdD_n$hhA*nJ*o{FuL}(yR09wwXKsW7OvgAPAm$kSH3W|s;zx2ay4(ZaWS2>3%aDHj<x@{GO&RxGB_E!BrKS=6SaG!)HOUbbu(hTnK}WyBC+B$Wg+>wbv9A4{j4#zg0wWWe7Tai)Vc3ABs@;JPPo*hZ8Fp;5WI4?j4+h9SgqZ=`>;2=a5Qf;1uj`OzAbaQ<S%_TcD$-JSS=7b5V_U3qOq5-AGd5dO0o5~m%PlocCuP8-ZJ;Mji_q3n7k6S`nZ%fGdvTwWVo88%d?!g6Sw=dWHkb^eJ>QXKdS7wM=rTB#;_hXDmqI#o;h!{R5Ow|6C|Fp=Cj1Mg}5a-T085zhOBimwY8|Zv$klr3N+F-Av{Go?=-hFWIt&(9Wa`^#5p24+&OPGYd83=z&C-UL_89rSGYqkYqtD00x!C@cr<S~Wi)d!<hg#lQmlqJNj(C#mpFAjIWa!2gtw9`KfEKZxucjg04<okwzPDx9XWV2H#FC{eK6Fw7_iedY_?h`PBpwZS1m%ZsyHV&fH^KNT)3_<O*i~G*S0V*AGi3J*)d|h"
