"""Weights of the advert model; `bench/advert_model.py --write` writes this file."""

from __future__ import annotations

INTERCEPT = -4.542

# What each hint adds to the log-odds.
HINTS = {
    "a call to join": 5.603,
    "a call to sign up": 1.082,
    "a car for sale": 2.398,
    "a course for sale": 4.542,
    "a date for a title": 6.739,
    "a lonely heart": 5.161,
    "a lure into a group": 4.341,
    "a notice of a meeting": 4.661,
    "a page of the site and no piece": 6.739,
    "a price offer": 1.053,
    "a sale": 2.649,
    "a share without content": 6.739,
    "a shopping festival": 1.065,
    "a show and its tickets": 4.047,
    "accounts to follow": 3.840,
    "an invitation to an event": 5.929,
    "an invitation to buy": 0.309,
    "business promotion": 4.542,
    "clinics and services": 3.738,
    "coupons": 0.914,
    "courses and papers": 5.594,
    "gifts for readers": 6.352,
    "giveaways": 0.761,
    "giveaways or stock tips": 4.542,
    "goods for sale": 5.963,
    "insurance for sale": 5.161,
    "jobs": 3.404,
    "labelled as promotion": 5.389,
    "loans or lotteries": 4.947,
    "property": 1.804,
    "stays and journeys": 0.565,
    "stock tips": -0.104,
    "stock tips or easy money": 0.733,
    "ways to easy money": 4.769,
    "reporting": 0.324,
}

# The same for each dimension of the vector: half floats, base 85.
VECTOR = "sJVifNw5&Fuef17c(hVE;J*Sn61Cs57c~qr;4`=;c(S=Tay;xY_b|Y*7A$eHCoJEyF}R$#d$OsuJUR_EQ=H>CJ~LIaI4S!w>bT82BsrbA6T4t8L$i=OXF2S(;yhV7(Xl5o#4s;7?6r<OfiQ=)Y%#5~<D{%RYP7Ag`LDXS5VOZMlQ7D+@3PM`HMi!tu{0t!0kk``VK&sfzOR(JpEymt;kaSE%{61Pj5PQz4Yo`(5Trb`TsHW)Rk^XZth~86@H8^Ax2I}1g0wfgKC}ipqO_N}E3O$bB|Vg-&oH*IpSZHJ9y|`FFf@3ZR6B;e&Z#TFl(h*pS-g=h05=7!Kf2ScxwiZ>9IhjuV=@@K?yvngb2lD1{j}q>COky5elMH2F)Av&47?Gz(6raH+&L<+>bDRwwK7Vu6u1Ak5GHvu`?-6$!m_)u04BLPU$HH?)2^Pqp*4awhq~{%WT%I-KB`tWhqc}^wlGgELb9~7WVYov*EeezwXvVBYd*=Y?zLq()3cy5@wk1wH@c~}+&0xQ-mE;h#W3BsakITN%QVEYwKl&dMz3BjDzv&S=A<;dFCOnVMmVFiVla}rF*!T8@i$O3C9+dJwl^C!uQ_cvrW9g0a6GuIpDSjW88fl4hquJC#XO5OUpBch<1kFMjI|58UpcQD4lqVL+AeFmVlr<y;IRcb`ZY(fEUIueJvPI<+_4L^rMhG{5;?87Q8|q_E4MGXcs2{RPAoe&Xt5EqCMmJ18nU&viZEogleLOEU$02L1-kgI_O6RCgEZr{5VK^o8#Y3#l(-YT4KPf#ku;S!M7F52QM0MAEw@c8EimIUU#ncXzcz=i5;z>Ll02)d5jG>bfHrQt+$~|Z3p&`imoP=RDz}}mw<hYaF}uLFy0eZtA~^-TX0a`uW3hNN1G`AKo28b!ur!*uMz)N&5}+tJ{xSD7?KKv=6sWd2A->Wxm@|zvC7!RdO|Sejp0;^8@gerKroCFW6}dX654O*&m@q82*11}_cewUDJv|DyR<c$!g0%&==Dg^yKPV@)fw+dZwy}P>12aE0)i1~_FgTOCMKOW4$ufQ|?zG*p1-Kx&i8V(xIyxx4pS+B#l(-7Hp|*axOgH^GW;($;8aX^H6g>+(<}OyeL^?w@csQLrK0GEhj5o6@nm!P;!MYGH<*)5E#3f#~s5a|0mNph9db#+!8n$9MuRcS(lRBzA?lQ2grLSZth`OvaIkXltRkVz|@3tklKRKf|N3i_2qBD85(6a-&_qLa@@h-_Z)-jr_u{C!&0yl>{+px7Sim+@rceExmd%799U#L>H"
