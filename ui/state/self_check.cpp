#include "ui/state/self_check.h"

#include <QRegularExpression>
#include <algorithm>

namespace b3o {
namespace {

constexpr int kMostQuestions = 5, kMostTries = 5;

struct Relation {
  const char* words;
  bool of_scene;  // says where or when it all is, not where one thing is
};
// The longer first: "to the left of" holds "left of".
constexpr Relation kRelations[] = {
    {"to the left of", false},
    {"to the right of", false},
    {"left of", false},
    {"right of", false},
    {"in front of", false},
    {"on top of", false},
    {"next to", false},
    {"above", false},
    {"below", false},
    {"under", false},
    {"behind", false},
    {"beside", false},
    {"with", false},
    {"and", false},
    {"at", true},
    {"by", true},
    {"in", true},
    {"on", true},
};

bool isNumber(const QString& word) {
  static const QStringList numbers{QStringLiteral("two"),   QStringLiteral("three"), QStringLiteral("four"),
                                   QStringLiteral("five"),  QStringLiteral("six"),   QStringLiteral("seven"),
                                   QStringLiteral("eight"), QStringLiteral("nine"),  QStringLiteral("ten"),
                                   QStringLiteral("many"),  QStringLiteral("some")};
  return numbers.contains(word);
}

bool isThing(const QString& phrase) {
  const QString first = phrase.section(u' ', 0, 0);
  return first == QLatin1String("a") || first == QLatin1String("an") || first == QLatin1String("the") ||
         isNumber(first);
}

// "draw me a red house": what is asked for begins at the article or the number.
QString withoutRequest(const QString& phrase) {
  for (QString rest = phrase; !rest.isEmpty(); rest = rest.section(u' ', 1))
    if (isThing(rest)) return rest;
  return phrase;
}

QString thing(const QString& phrase) {
  return (isNumber(phrase.section(u' ', 0, 0)) ? QStringLiteral("Are there %1?") : QStringLiteral("Is there %1?"))
      .arg(phrase);
}

// "a green flower" as one speaks of it the second time.
QString known(const QString& phrase) {
  const QString first = phrase.section(u' ', 0, 0);
  if (first == QLatin1String("a") || first == QLatin1String("an"))
    return QStringLiteral("the ") + phrase.section(u' ', 1);
  return isNumber(first) ? QStringLiteral("the ") + phrase : phrase;
}

}  // namespace

QStringList checkQuestions(const QString& prompt) {
  static const QRegularExpression divider = [] {
    QStringList words;
    for (const auto& relation : kRelations) words << QString::fromLatin1(relation.words);
    return QRegularExpression(QStringLiteral("\\s*[,;.]\\s*(?:and\\s+)?|\\s+(%1)\\s+").arg(words.join(u'|')));
  }();
  const QString text = prompt.simplified().toLower();
  QStringList out;
  const auto add = [&](const QString& question) {
    if (!out.contains(question) && out.size() < kMostQuestions) out << question;
  };
  QString before, relation;
  qsizetype at = 0;
  const auto part = [&](const QString& words) {
    if (words.isEmpty()) return;
    const QString phrase = at == 0 ? withoutRequest(words) : words;
    const auto* found = std::find_if(std::begin(kRelations), std::end(kRelations),
                                     [&](const auto& r) { return relation == QLatin1String(r.words); });
    const bool known_relation = found != std::end(kRelations);
    if (known_relation && found->of_scene) {
      // "at night", "by the sea"
      add(relation == QLatin1String("at") && !isThing(phrase) ? QStringLiteral("Is it %1?").arg(phrase)
                                                              : QStringLiteral("Is it %1 %2?").arg(relation, phrase));
      return;
    }
    if (isThing(phrase)) add(thing(phrase));
    const bool places = known_relation && relation != QLatin1String("and") && relation != QLatin1String("with");
    if (places && isThing(before) && isThing(phrase))
      add((isNumber(before.section(u' ', 0, 0)) ? QStringLiteral("Are %1 %2 %3?") : QStringLiteral("Is %1 %2 %3?"))
              .arg(known(before), relation, known(phrase)));
    before = phrase;
  };
  auto matches = divider.globalMatch(text);
  while (matches.hasNext()) {
    const auto match = matches.next();
    part(text.mid(at, match.capturedStart() - at));
    relation = match.captured(1);
    at = match.capturedEnd();
  }
  part(text.mid(at));
  return out;
}

int SelfCheck::Check::fits() const {
  return int(std::count_if(items.begin(), items.end(), [](const auto& i) { return i.state == CheckItem::State::yes; }));
}

bool SelfCheck::Check::failed() const {
  return std::any_of(items.begin(), items.end(), [](const auto& i) { return i.state == CheckItem::State::no; });
}

SelfCheck::SelfCheck(EngineBridge& bridge, ModelState& model, ImageJob& job, QObject* parent)
    : QObject(parent), bridge_(bridge), model_(model), job_(job) {
  connect(&job_, &ImageJob::pictureChanged, this, &SelfCheck::consider);
  connect(&bridge_, &EngineBridge::arrived, this, &SelfCheck::arrive);
  connect(&model_, &ModelState::changed, this, &SelfCheck::changed);
}

void SelfCheck::setOn(bool on) {
  on_ = on;
  if (!on) {
    waiting_.clear();
    redrawn_.clear();
  }
  Q_EMIT changed();
}

void SelfCheck::setTries(int tries) {
  tries_ = std::clamp(tries, 0, kMostTries);
  Q_EMIT changed();
}

const std::vector<CheckItem>* SelfCheck::items(uint64_t picture) const {
  const auto it = checks_.find(picture);
  return it == checks_.end() ? nullptr : &it->second.items;
}

QString SelfCheck::verdict(uint64_t picture) const {
  const auto it = checks_.find(picture);
  if (it == checks_.end()) return {};
  const Check& check = it->second;
  for (const auto& [seed, chain] : redrawn_)
    if (chain.first == check.chain) return tr("redrawing, try %1 of %2").arg(chain.second).arg(tries_);
  const auto asked = [](const CheckItem& i) { return i.state != CheckItem::State::waiting; };
  if (!std::all_of(check.items.begin(), check.items.end(), asked)) return tr("asking");
  return tr("%1 of %2 fit").arg(check.fits()).arg(check.items.size());
}

void SelfCheck::consider(int row) {
  const Picture& picture = job_.pictures()[size_t(row)];
  if (!on_ || !possible() || picture.state != Picture::State::done || checks_.contains(picture.key)) return;
  Check check;
  check.chain = picture.key;
  if (const auto redraw = redrawn_.extract(picture.recipe.seed)) {
    check.chain = redraw.mapped().first;
    check.attempt = redraw.mapped().second;
  }
  put(picture.key, std::move(check), QString::fromStdString(picture.recipe.prompt));
}

void SelfCheck::look(uint64_t key, SharedImage image, const QString& prompt) {
  if (!on_ || !possible() || !image || checks_.contains(key)) return;
  others_[key] = std::move(image);
  Check check;
  check.chain = key;
  put(key, std::move(check), prompt);
}

void SelfCheck::put(uint64_t key, Check check, const QString& prompt) {
  for (const auto& question : checkQuestions(prompt)) check.items.push_back({question, {}, CheckItem::State::waiting});
  if (check.items.empty()) return;
  for (size_t i = 0; i < check.items.size(); ++i) waiting_.push_back({key, i});
  checks_[key] = std::move(check);
  Q_EMIT changed();
  if (!asking_) ask();
}

SharedImage SelfCheck::imageOf(uint64_t key) const {
  const int row = job_.rowOf(key);
  if (row >= 0) return job_.pictures()[size_t(row)].image;
  const auto other = others_.find(key);
  return other == others_.end() ? nullptr : other->second;
}

void SelfCheck::ask() {
  asking_ = 0;
  while (!waiting_.empty()) {
    const auto [key, item] = waiting_.front();
    SharedImage image = imageOf(key);
    if (!image || !model_.ready()) {
      waiting_.pop_front();
      continue;
    }
    ChatRequest chat;
    const std::string question = checks_[key].items[item].question.toStdString() + " Answer yes or no.";
    chat.messages.push_back({"user", {{{}, std::move(image)}, {question, nullptr}}});
    chat.options.greedy = true;
    chat.options.max_tokens = 16;
    asking_ = bridge_.submit(std::move(chat));
    return;
  }
}

void SelfCheck::arrive(JobId id, const Event& event) {
  if (id != asking_ || id == 0) return;
  if (const auto* answer = std::get_if<AnswerReady>(&event); answer && !waiting_.empty()) {
    const auto [key, item] = waiting_.front();
    CheckItem& checked = checks_[key].items[item];
    checked.answer = QString::fromStdString(answer->text).simplified();
    const QString first = checked.answer.toLower();
    checked.state = first.startsWith(QLatin1String("yes"))  ? CheckItem::State::yes
                    : first.startsWith(QLatin1String("no")) ? CheckItem::State::no
                                                            : CheckItem::State::unclear;
    Q_EMIT changed();
  }
  if (!is_terminal(event)) return;
  asking_ = 0;
  if (!waiting_.empty()) {
    const auto [key, item] = waiting_.front();
    waiting_.pop_front();
    CheckItem& checked = checks_[key].items[item];
    if (checked.state == CheckItem::State::waiting)
      checked.state = CheckItem::State::unclear;  // it failed or was stopped
    if (waiting_.empty() || waiting_.front().first != key) settle(key);
  }
  ask();
  Q_EMIT changed();
}

// Draws once more, or shows the best of the tries.
void SelfCheck::settle(uint64_t picture) {
  const Check& check = checks_[picture];
  others_.erase(picture);
  const int row = job_.rowOf(picture);
  if (row < 0) return;
  if (on_ && check.failed() && check.attempt < tries_) {
    Recipe recipe = job_.pictures()[size_t(row)].recipe;
    recipe.seed = randomSeed();
    redrawn_[recipe.seed] = {check.chain, check.attempt + 1};
    job_.draw(recipe, 1, true);
    return;
  }
  uint64_t best = picture;
  for (const auto& [key, other] : checks_)
    if (other.chain == check.chain && other.fits() > checks_[best].fits()) best = key;
  if (check.attempt > 0) job_.select(job_.rowOf(best));
}

}  // namespace b3o
