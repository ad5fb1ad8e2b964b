"""What the platform or the law would punish in an issue: TABLE `CHECKS`, asked before it goes out. Not legal advice."""
