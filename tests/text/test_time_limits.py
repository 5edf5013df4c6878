"""A limit is told from the other times that people speak of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscheck.text.quantities import time_limits

DAY = 86400

LIMITS = [
    "这个问题我们四十八小时之内给您书面回复",
    "一刻钟后给您打过去",
    "大约需要十分钟",
    "退款三到五天回到您卡里",
    "我最晚后天上午跟您说结果",
    "这两天就给您寄出",
    "本周内一定办完",
    "下周一之前会有专人联系您",
    "师傅大概下午三四点到",
    "今天之内给您落实",
    "工程师预计两小时修复",
    "审核要两个工作日",
    "等下午三点我再给您回个电话",
    "快递明天能到",
    "明天发货哈",
    "后天送到您家",
    "月底前全部发完",
    "过半个小时我再打给您",
    "我十分钟后回您",
    "最快今天晚上到",
    "您的快递今晚送",
    "48小时发货",
    "24小时之内会有专员跟您联系",
    "1-3个工作日退到原来的卡",
    "最多三天",
    "最迟不超过五个工作日",
    "一周左右能修好",
    "下个月1号生效",
    "20分钟内到您楼下",
    "大概还要一个小时",
    "预售款15号统一发",
    "12月5日前寄出",
    "当天就给您办好",
    "次日达",
    "周末之前肯定弄完",
    "工单已加急,2小时内处理完",
    "退款[数字x]小时内到账",
    "xx个工作日内给您答复",
    "发票七个工作日左右开出来",
    "催过库房了,今天下班前跟您说",
    "明早八点恢复供水",
    "今晚十点到明早六点之间完成升级",
    "国庆前装好",
    "明后天到货",
    "这周五给您打款",
    "维修周期7天左右",
    "下午给您回电话",
    "晚上八点之后系统恢复",
    "正常一周就能到",
    "明天上午师傅过去",
    "我们会在明天中午一点前把报价发到您微信",
    "年前一定给您送到",
    "半小时搞定",
    "再等两天就补货了",
    "预计要两周",
    "处理时间为3个工作日",
    "时效是2到4天",
    "到账时间一般是1-7个工作日",
    "今天夜里就修",
    "这趟给您挪了,改到周二傍晚了",
    "明天下午",
    "上门时间是后天上午",
    "师傅上午联系您",
    "审核的同事后天就给结果",
    "24小时内可以给您答复",
    "周六给您换新的",
    "发票预计5个工作日开具",
    "新卡大概七天寄到",
]
NO_LIMITS = [
    "昨天已经给您寄出了",
    "我们每天9点到21点在线",
    "营业时间是早上八点到晚上十点",
    "7天内可退",
    "支持7天无理由退换",
    "整机保修一年",
    "90天质保",
    "有效期30天",
    "长按电源键10秒",
    "拔掉电源等30秒再插上",
    "用温水泡半小时",
    "我尽快给您处理",
    "马上为您查询",
    "请您稍等两分钟",
    "您等了两天实在抱歉",
    "都已经三天了还没到",
    "上周给您登记过",
    "请在三天内把坏件寄回",
    "麻烦您今天把资料传一下",
    "超过48小时未付款订单会自动关闭",
    "签收后15天内可以申请换货",
    "您明天方便吗",
    "周六上午有空吗",
    "您是今天下单的吧",
    "这款用了三年",
    "孩子今年五岁",
    "合同签的是两年",
    "今天有什么可以帮您",
    "这两天天气热注意防暑",
    "祝您明天面试顺利",
    "今天送不到了",
    "不能保证明天到",
    "如果明天还没收到您再联系我",
    "会员每月15号扣费",
    "您今天上午来过电话对吗",
    "发货后第三天没更新",
    "这个名额只保留三天",
    "试用期7天",
    "敷十五分钟洗掉",
    "吃药后半小时再吃饭",
    "流量当月有效",
    "下午好,请问有什么需要",
    "晚上好",
    "我是今天的值班客服",
    "建议您两小时后再试",
    "您看您哪天方便",
    "停水从早上八点开始",
    "满三个月可以升级",
    "您要的是3月5号的票吗",
    "您那单是10月8日买的",
    "我们只在周一到周五上班",
    "最近三个月的账单都在里面",
    "免费期只有一个月",
    "套餐有12个月的,也有24个月的",
    "四十分钟前骑手就取走了",
    "请您周五前把合同寄回来",
    "一年内免费上门",
    "这个药一天三次",
    "每次不超过20分钟",
    "仓库昨晚刚发走",
    "今天换好了",
    "门店上午十点到下午四点开门",
    "去年九月起就没交过",
    "七天之内不满意可以换",
    "老款是十年前的",
    "晚一点再说",
    "您周五前把回执传给我们就行",
    "周二打的电话,周四有人看过,是吧?",
    "这门课一共20个小时",
    "请您于12月1日前缴费",
]
SPANS = [
    ("退款预计3到5个工作日左右到账", "预计3到5个工作日左右", 5 * DAY),
    ("我们会在24小时之内回复", "24小时之内", DAY),
    ("今晚七点前帮您寄走", "今晚七点前", None),
    ("[数字x]小时内联系您", "[数字x]小时内", None),
    ("最迟下周一寄出", "最迟下周一", None),
    ("半小时搞定", "半小时", 1800),
]


@pytest.mark.parametrize("text", LIMITS)
def test_limit(text):
    """The text says by when or within what time."""
    assert time_limits(text)


@pytest.mark.parametrize("text", NO_LIMITS)
def test_no_limit(text):
    """The time is past, the customer's, a habit, a term, a step, denied or only possible."""
    assert time_limits(text) == []


@pytest.mark.parametrize(("text", "span", "seconds"), SPANS)
def test_span_and_length(text, span, seconds):
    """The span takes in the words that make it a limit; only a length of time has seconds."""
    [limit] = time_limits(text)
    assert (text[limit.start : limit.end], limit.seconds) == (span, seconds)


def test_each_limit_of_a_turn():
    """Two limits in one turn are two."""
    text = "盖章要四个工作日,最迟下周五送到您手上"
    assert [text[limit.start : limit.end] for limit in time_limits(text)] == ["四个工作日", "最迟下周五"]


_TALK = st.text(alphabet="今明后天周一二三五月底号点半个工作小时分钟前内之预计给您送到了请[数字x]*35,。?", max_size=40)


@given(st.text() | _TALK)
def test_spans_lie_within_the_text(text):
    """Any text gives limits in order, apart from each other."""
    end = 0
    for limit in time_limits(text):
        assert end <= limit.start < limit.end <= len(text)
        assert limit.seconds is None or limit.seconds > 0
        end = limit.end
