// SPDX-License-Identifier: Apache-2.0
#include "cli/key_names.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace yado::cli {
namespace {

struct Key {
    std::string_view name; ///< after "KEY_"
    std::uint16_t code;
};
/// Those of linux/input-event-codes.h that virsh knows by name, in the order of their codes.
// clang-format off
constexpr Key keys[] = {
    {"RESERVED", 0}, {"ESC", 1}, {"1", 2}, {"2", 3}, {"3", 4}, {"4", 5}, {"5", 6}, {"6", 7}, {"7", 8},
    {"8", 9}, {"9", 10}, {"0", 11}, {"MINUS", 12}, {"EQUAL", 13}, {"BACKSPACE", 14}, {"TAB", 15}, {"Q", 16},
    {"W", 17}, {"E", 18}, {"R", 19}, {"T", 20}, {"Y", 21}, {"U", 22}, {"I", 23}, {"O", 24}, {"P", 25},
    {"LEFTBRACE", 26}, {"RIGHTBRACE", 27}, {"ENTER", 28}, {"LEFTCTRL", 29}, {"A", 30}, {"S", 31}, {"D", 32},
    {"F", 33}, {"G", 34}, {"H", 35}, {"J", 36}, {"K", 37}, {"L", 38}, {"SEMICOLON", 39}, {"APOSTROPHE", 40},
    {"GRAVE", 41}, {"LEFTSHIFT", 42}, {"BACKSLASH", 43}, {"Z", 44}, {"X", 45}, {"C", 46}, {"V", 47},
    {"B", 48}, {"N", 49}, {"M", 50}, {"COMMA", 51}, {"DOT", 52}, {"SLASH", 53}, {"RIGHTSHIFT", 54},
    {"KPASTERISK", 55}, {"LEFTALT", 56}, {"SPACE", 57}, {"CAPSLOCK", 58}, {"F1", 59}, {"F2", 60}, {"F3", 61},
    {"F4", 62}, {"F5", 63}, {"F6", 64}, {"F7", 65}, {"F8", 66}, {"F9", 67}, {"F10", 68}, {"NUMLOCK", 69},
    {"SCROLLLOCK", 70}, {"KP7", 71}, {"KP8", 72}, {"KP9", 73}, {"KPMINUS", 74}, {"KP4", 75}, {"KP5", 76},
    {"KP6", 77}, {"KPPLUS", 78}, {"KP1", 79}, {"KP2", 80}, {"KP3", 81}, {"KP0", 82}, {"KPDOT", 83},
    {"ZENKAKUHANKAKU", 85}, {"102ND", 86}, {"F11", 87}, {"F12", 88}, {"RO", 89}, {"KATAKANA", 90},
    {"HIRAGANA", 91}, {"HENKAN", 92}, {"KATAKANAHIRAGANA", 93}, {"MUHENKAN", 94}, {"KPJPCOMMA", 95},
    {"KPENTER", 96}, {"RIGHTCTRL", 97}, {"KPSLASH", 98}, {"SYSRQ", 99}, {"RIGHTALT", 100}, {"LINEFEED", 101},
    {"HOME", 102}, {"UP", 103}, {"PAGEUP", 104}, {"LEFT", 105}, {"RIGHT", 106}, {"END", 107}, {"DOWN", 108},
    {"PAGEDOWN", 109}, {"INSERT", 110}, {"DELETE", 111}, {"MACRO", 112}, {"MUTE", 113}, {"VOLUMEDOWN", 114},
    {"VOLUMEUP", 115}, {"POWER", 116}, {"KPEQUAL", 117}, {"KPPLUSMINUS", 118}, {"PAUSE", 119}, {"SCALE", 120},
    {"KPCOMMA", 121}, {"HANGEUL", 122}, {"HANJA", 123}, {"YEN", 124}, {"LEFTMETA", 125}, {"RIGHTMETA", 126},
    {"COMPOSE", 127}, {"STOP", 128}, {"AGAIN", 129}, {"PROPS", 130}, {"UNDO", 131}, {"FRONT", 132},
    {"COPY", 133}, {"OPEN", 134}, {"PASTE", 135}, {"FIND", 136}, {"CUT", 137}, {"HELP", 138}, {"MENU", 139},
    {"CALC", 140}, {"SETUP", 141}, {"SLEEP", 142}, {"WAKEUP", 143}, {"FILE", 144}, {"SENDFILE", 145},
    {"DELETEFILE", 146}, {"XFER", 147}, {"PROG1", 148}, {"PROG2", 149}, {"WWW", 150}, {"MSDOS", 151},
    {"SCREENLOCK", 152}, {"DIRECTION", 153}, {"CYCLEWINDOWS", 154}, {"MAIL", 155}, {"BOOKMARKS", 156},
    {"COMPUTER", 157}, {"BACK", 158}, {"FORWARD", 159}, {"CLOSECD", 160}, {"EJECTCD", 161},
    {"EJECTCLOSECD", 162}, {"NEXTSONG", 163}, {"PLAYPAUSE", 164}, {"PREVIOUSSONG", 165}, {"STOPCD", 166},
    {"RECORD", 167}, {"REWIND", 168}, {"PHONE", 169}, {"ISO", 170}, {"CONFIG", 171}, {"HOMEPAGE", 172},
    {"REFRESH", 173}, {"EXIT", 174}, {"MOVE", 175}, {"EDIT", 176}, {"SCROLLUP", 177}, {"SCROLLDOWN", 178},
    {"KPLEFTPAREN", 179}, {"KPRIGHTPAREN", 180}, {"NEW", 181}, {"REDO", 182}, {"F13", 183}, {"F14", 184},
    {"F15", 185}, {"F16", 186}, {"F17", 187}, {"F18", 188}, {"F19", 189}, {"F20", 190}, {"F21", 191},
    {"F22", 192}, {"F23", 193}, {"F24", 194}, {"PLAYCD", 200}, {"PAUSECD", 201}, {"PROG3", 202},
    {"PROG4", 203}, {"DASHBOARD", 204}, {"SUSPEND", 205}, {"CLOSE", 206}, {"PLAY", 207}, {"FASTFORWARD", 208},
    {"BASSBOOST", 209}, {"PRINT", 210}, {"HP", 211}, {"CAMERA", 212}, {"SOUND", 213}, {"QUESTION", 214},
    {"EMAIL", 215}, {"CHAT", 216}, {"SEARCH", 217}, {"CONNECT", 218}, {"FINANCE", 219}, {"SPORT", 220},
    {"SHOP", 221}, {"ALTERASE", 222}, {"CANCEL", 223}, {"BRIGHTNESSDOWN", 224}, {"BRIGHTNESSUP", 225},
    {"MEDIA", 226}, {"SWITCHVIDEOMODE", 227}, {"KBDILLUMTOGGLE", 228}, {"KBDILLUMDOWN", 229},
    {"KBDILLUMUP", 230}, {"SEND", 231}, {"REPLY", 232}, {"FORWARDMAIL", 233}, {"SAVE", 234},
    {"DOCUMENTS", 235}, {"BATTERY", 236}, {"BLUETOOTH", 237}, {"WLAN", 238}, {"UWB", 239}, {"UNKNOWN", 240},
    {"VIDEO_NEXT", 241}, {"VIDEO_PREV", 242}, {"BRIGHTNESS_CYCLE", 243}, {"BRIGHTNESS_ZERO", 244},
    {"DISPLAY_OFF", 245}, {"WIMAX", 246}, {"RFKILL", 247}, {"OK", 352}, {"SELECT", 353}, {"GOTO", 354},
    {"CLEAR", 355}, {"POWER2", 356}, {"OPTION", 357}, {"INFO", 358}, {"TIME", 359}, {"VENDOR", 360},
    {"ARCHIVE", 361}, {"PROGRAM", 362}, {"CHANNEL", 363}, {"FAVORITES", 364}, {"EPG", 365}, {"PVR", 366},
    {"MHP", 367}, {"LANGUAGE", 368}, {"TITLE", 369}, {"SUBTITLE", 370}, {"ANGLE", 371}, {"ZOOM", 372},
    {"MODE", 373}, {"KEYBOARD", 374}, {"SCREEN", 375}, {"PC", 376}, {"TV", 377}, {"TV2", 378}, {"VCR", 379},
    {"VCR2", 380}, {"SAT", 381}, {"SAT2", 382}, {"CD", 383}, {"TAPE", 384}, {"RADIO", 385}, {"TUNER", 386},
    {"PLAYER", 387}, {"TEXT", 388}, {"DVD", 389}, {"AUX", 390}, {"MP3", 391}, {"AUDIO", 392}, {"VIDEO", 393},
    {"DIRECTORY", 394}, {"LIST", 395}, {"MEMO", 396}, {"CALENDAR", 397}, {"RED", 398}, {"GREEN", 399},
    {"YELLOW", 400}, {"BLUE", 401}, {"CHANNELUP", 402}, {"CHANNELDOWN", 403}, {"FIRST", 404}, {"LAST", 405},
    {"AB", 406}, {"NEXT", 407}, {"RESTART", 408}, {"SLOW", 409}, {"SHUFFLE", 410}, {"BREAK", 411},
    {"PREVIOUS", 412}, {"DIGITS", 413}, {"TEEN", 414}, {"TWEN", 415}, {"VIDEOPHONE", 416}, {"GAMES", 417},
    {"ZOOMIN", 418}, {"ZOOMOUT", 419}, {"ZOOMRESET", 420}, {"WORDPROCESSOR", 421}, {"EDITOR", 422},
    {"SPREADSHEET", 423}, {"GRAPHICSEDITOR", 424}, {"PRESENTATION", 425}, {"DATABASE", 426}, {"NEWS", 427},
    {"VOICEMAIL", 428}, {"ADDRESSBOOK", 429}, {"MESSENGER", 430}, {"DISPLAYTOGGLE", 431}, {"SPELLCHECK", 432},
    {"LOGOFF", 433}, {"DOLLAR", 434}, {"EURO", 435}, {"FRAMEBACK", 436}, {"FRAMEFORWARD", 437},
    {"CONTEXT_MENU", 438}, {"MEDIA_REPEAT", 439}, {"DEL_EOL", 448}, {"DEL_EOS", 449}, {"INS_LINE", 450},
    {"DEL_LINE", 451}, {"FN", 464}, {"FN_ESC", 465}, {"FN_F1", 466}, {"FN_F2", 467}, {"FN_F3", 468},
    {"FN_F4", 469}, {"FN_F5", 470}, {"FN_F6", 471}, {"FN_F7", 472}, {"FN_F8", 473}, {"FN_F9", 474},
    {"FN_F10", 475}, {"FN_F11", 476}, {"FN_F12", 477}, {"FN_1", 478}, {"FN_2", 479}, {"FN_D", 480},
    {"FN_E", 481}, {"FN_F", 482}, {"FN_S", 483}, {"FN_B", 484}, {"BRL_DOT1", 497}, {"BRL_DOT2", 498},
    {"BRL_DOT3", 499}, {"BRL_DOT4", 500}, {"BRL_DOT5", 501}, {"BRL_DOT6", 502}, {"BRL_DOT7", 503},
    {"BRL_DOT8", 504}, {"BRL_DOT9", 505}, {"BRL_DOT10", 506}, {"NUMERIC_0", 512}, {"NUMERIC_1", 513},
    {"NUMERIC_2", 514}, {"NUMERIC_3", 515}, {"NUMERIC_4", 516}, {"NUMERIC_5", 517}, {"NUMERIC_6", 518},
    {"NUMERIC_7", 519}, {"NUMERIC_8", 520}, {"NUMERIC_9", 521}, {"NUMERIC_STAR", 522}, {"NUMERIC_POUND", 523},
};
// clang-format on

/// In the order of KeycodeSet.
constexpr std::array<std::string_view, 10> codesets{"linux", "xt",     "atset1", "atset2", "atset3",
                                                    "osx",   "xt_kbd", "usb",    "win32",  "qnum"};
constexpr std::uint32_t code_max = 0xffff;

} // namespace

std::optional<std::uint32_t> codeset_number(std::string_view name) {
    if (name == "rfb") // its older name
        name = "qnum";
    const auto found = std::ranges::find(codesets, name);
    if (found == codesets.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - codesets.begin());
}

std::optional<std::uint32_t> key_code(std::string_view word, std::uint32_t codeset) {
    constexpr std::string_view prefix = "KEY_";
    if (codeset == 0 && word.starts_with(prefix)) {
        const auto found = std::ranges::find(keys, word.substr(prefix.size()), &Key::name);
        return found == std::end(keys) ? std::nullopt : std::optional<std::uint32_t>(found->code);
    }
    if (word.starts_with("0x") || word.starts_with("0X"))
        return parse_number<std::uint32_t>(word.substr(2), 16, 0, code_max);
    return parse_number<std::uint32_t>(word, word.size() > 1 && word.front() == '0' ? 8 : 10, 0, code_max);
}

} // namespace yado::cli
